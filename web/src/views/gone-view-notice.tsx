import { useNavigate } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'

/** A link named a view that is not there for this person: what it asked for, as far as the link says, is shown all the same. */
export function GoneViewNotice({ isQueryKept }: { readonly isQueryKept: boolean }) {
  const navigate = useNavigate()
  const dismiss = () =>
    navigate({
      to: '/payments',
      search: ({ view: _view, ...rest }) => rest,
      replace: true,
      resetScroll: false,
    })
  return (
    <div className="mt-2">
      <Notice tone="warn">
        <div className="flex items-start gap-3">
          <p className="min-w-0 flex-1">
            <span className="font-medium">
              The view in this link was deleted, or it is not shared with you.
            </span>{' '}
            {isQueryKept
              ? 'The list shows what it asked for when the link was made.'
              : 'The link does not say what it asked for, so the list shows every payment.'}
          </p>
          <Button onClick={() => void dismiss()}>Dismiss</Button>
        </div>
      </Notice>
    </div>
  )
}
