import { useNavigate } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../ui/button.tsx'

const PastDialog = lazy(async () => ({ default: (await import('./past-dialog.tsx')).PastDialog }))

/** Asks for a moment and shows the payment on its own page as it was known then. */
export function PastButton({ paymentId }: { readonly paymentId: string }) {
  const navigate = useNavigate()
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <IconButton label="As it was known at another time" onClick={() => setAsked(true)}>
        <History aria-hidden className="size-4" />
      </IconButton>
      <Suspense>
        {isAsked && (
          <PastDialog
            asOf={null}
            what="This payment"
            onPick={(asOf) =>
              void navigate({ to: '/payments/$paymentId', params: { paymentId }, search: { asOf } })
            }
            onClose={() => setAsked(false)}
          />
        )}
      </Suspense>
    </>
  )
}
