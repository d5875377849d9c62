import { useNavigate } from '@tanstack/react-router'
import type { SearchProblem } from '@desk/shared/payments/payment-address'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'

/** What of the address was left out, and why. */
export function SearchProblems({ problems }: { readonly problems: readonly SearchProblem[] }) {
  const navigate = useNavigate()
  const clear = () =>
    navigate({
      to: '/payments',
      search: (search) => {
        const rest = { ...search }
        for (const { field } of problems) delete rest[field]
        return rest
      },
      replace: true,
    })
  return (
    <div aria-live="polite" className="mt-2">
      <Notice tone="warn">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <p className="font-medium">Part of this address was not understood and is left out.</p>
            {problems.map(({ field, message }) => (
              <p key={field} className="break-words">
                {message}
              </p>
            ))}
          </div>
          <Button onClick={() => void clear()}>Clear</Button>
        </div>
      </Notice>
    </div>
  )
}
