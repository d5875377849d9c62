import { useNavigate } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { letterText, preciseText } from '../ui/moment-text.ts'
import { asOfIn } from './as-of.ts'
import { PastDialog } from './past-dialog.tsx'

/** Says, where nobody can miss it, that this is the past, which one, and how to come back. */
export function PastBanner({ search, what, paymentId }: PastBannerProps) {
  const zone = useViewZone()
  const navigate = useNavigate()
  const [isAsked, setAsked] = useState(false)
  const asOf = asOfIn({ asOf: search })
  const show = (at: string | null) => {
    const to = paymentId === null ? '/payments' : '/payments/$paymentId'
    void navigate({
      to,
      ...(paymentId !== null && { params: { paymentId } }),
      search: ({ asOf: _asOf, ...kept }) => ({ ...kept, ...(at !== null && { asOf: at }) }),
    })
  }
  return (
    <section
      aria-label="Another time is shown"
      className="my-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-unsure/40 bg-unsure-soft px-3 py-2 text-sm"
    >
      <History aria-hidden className="size-4 flex-none text-unsure" />
      <div className="min-w-0 flex-1 basis-60">
        {asOf === null ? (
          <p className="font-medium">
            “{search}” is no day and time. {what} is shown as it is now.
          </p>
        ) : (
          <>
            <p className="font-medium">As it was known on {letterText(asOf, zone)}</p>
            <p className="text-muted">
              What Desk learned after {preciseText(asOf, { zone, nowMs: Date.parse(asOf) })} is not
              shown, even where it happened before. Times below say when it happened.
            </p>
          </>
        )}
      </div>
      <span className="flex gap-2">
        {asOf !== null && <Button onClick={() => setAsked(true)}>Another time</Button>}
        <Button onClick={() => show(null)}>Back to now</Button>
      </span>
      {isAsked && (
        <PastDialog asOf={asOf} what={what} onPick={show} onClose={() => setAsked(false)} />
      )}
    </section>
  )
}

interface PastBannerProps {
  /** As it stands in the address. */
  readonly search: string
  /** "This payment" or "The list". */
  readonly what: string
  /** Null for the list. */
  readonly paymentId: string | null
}
