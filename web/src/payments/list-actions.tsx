import { Link, useNavigate } from '@tanstack/react-router'
import { History, ListChecks } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { buttonClass, IconButton } from '../ui/button.tsx'
import { tip } from '../ui/tooltip.tsx'

const PastDialog = lazy(async () => ({ default: (await import('./past-dialog.tsx')).PastDialog }))

/** To where a paste or a file of many lines is looked up at once. */
export function FindManyLink() {
  return (
    <Link to="/payments/find" className={buttonClass({})}>
      <ListChecks aria-hidden className="size-4" />
      Find many
    </Link>
  )
}

/** Small controls beside the views: another time, and many lines where the head has no room for them. */
export function ListActions({ asOf, isNarrow }: ListActionsProps) {
  const navigate = useNavigate()
  const [isAsked, setAsked] = useState(false)
  const show = (at: string) =>
    void navigate({
      to: '/payments',
      search: ({ asOf: _asOf, ...kept }) => ({ ...kept, asOf: at }),
    })
  return (
    <>
      {isNarrow && (
        <Link
          to="/payments/find"
          aria-label="Find many"
          {...tip('Find many')}
          className="inline-grid size-8 flex-none place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
        >
          <ListChecks aria-hidden className="size-4" />
        </Link>
      )}
      <IconButton label="As it was known at another time" onClick={() => setAsked(true)}>
        <History aria-hidden className="size-4" />
      </IconButton>
      <Suspense>
        {isAsked && (
          <PastDialog asOf={asOf} what="The list" onPick={show} onClose={() => setAsked(false)} />
        )}
      </Suspense>
    </>
  )
}

interface ListActionsProps {
  /** The past instant that is shown, ISO 8601; null while that is now. */
  readonly asOf: string | null
  readonly isNarrow: boolean
}
