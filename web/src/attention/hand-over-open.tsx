import type { PaymentId } from '@desk/shared/payments/payment'
import { usePaymentPeople } from '../payments/use-payment-people.ts'
import { HandOverDialog } from './hand-over-dialog.tsx'

/** Hands over the payment that is open, or on from whoever has it. */
export function HandOverOpen({ paymentId, onClose }: HandOverOpenProps) {
  const { handedTo } = usePaymentPeople(paymentId)
  return <HandOverDialog paymentIds={[paymentId]} held={handedTo} onClose={onClose} />
}

interface HandOverOpenProps {
  readonly paymentId: PaymentId
  readonly onClose: () => void
}
