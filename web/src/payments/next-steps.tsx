import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import type { NextStep } from '@desk/shared/payments/verdict-row'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { buttonClass } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { RefreshPayment } from './refresh-payment.tsx'
import { usePaymentPeople } from './use-payment-people.ts'

const HandOverDialog = lazy(async () => ({
  default: (await import('../attention/hand-over-dialog.tsx')).HandOverDialog,
}))

/** What the verdict advises, in its order; then what can always be done. */
export function NextSteps({ payment, next }: NextStepsProps) {
  return [...new Set([...next, ...always])].map((step) => (
    <Step key={step} step={step} payment={payment} />
  ))
}

const always = ['new_payment', 'refresh'] as const satisfies readonly NextStep[]

interface NextStepsProps {
  readonly payment: PaymentDetail
  readonly next: readonly NextStep[]
}

function Step({ step, payment }: { readonly step: NextStep; readonly payment: PaymentDetail }) {
  switch (step) {
    case 'wait':
      return null
    case 'refresh':
      return <RefreshPayment paymentId={payment.id} />
    case 'new_payment':
      return <NewPaymentFromThis paymentId={payment.id} />
    case 'hand_to_finance':
      return <HandToFinance paymentId={payment.id} />
    case 'refund_by_withdrawal':
      return <GuardedButton block={NO_WITHDRAWALS}>Refund by withdrawal</GuardedButton>
  }
}

const NO_WITHDRAWALS =
  'Desk cannot prepare withdrawals yet. SpacePay has no refund either: finance returns the money by a withdrawal.'

/** Whoever is finance has nobody to hand it to. */
function HandToFinance({ paymentId }: { readonly paymentId: PaymentId }) {
  const { me } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('attention:write')
  const { handedTo } = usePaymentPeople(paymentId)
  const [isAsked, setAsked] = useState(false)
  if (me.roles.includes('finance')) return null
  const isThere = handedTo?.role === 'finance' ? 'Finance has it already.' : null
  return (
    <>
      <GuardedButton block={block ?? isThere} onClick={() => setAsked(true)}>
        Hand to finance
      </GuardedButton>
      <Suspense>
        {isAsked && (
          <HandOverDialog
            paymentIds={[paymentId]}
            held={handedTo}
            onClose={() => setAsked(false)}
          />
        )}
      </Suspense>
    </>
  )
}

function NewPaymentFromThis({ paymentId }: { readonly paymentId: string }) {
  const block = usePermissionBlock('payments:create')
  if (block !== null) return <GuardedButton block={block}>New payment from this</GuardedButton>
  return (
    <Link to="/payments/new" search={{ from: paymentId }} className={buttonClass({})}>
      New payment from this
    </Link>
  )
}
