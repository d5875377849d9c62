import { Drawer } from '../ui/drawer.tsx'
import { PaymentDetail } from './payment-detail.tsx'

/** The payment that the address names, over the list. */
export function OpenPayment({ paymentId, asOf = null, onClose }: OpenPaymentProps) {
  return (
    <Drawer open label="Payment" onClose={onClose}>
      <PaymentDetail key={paymentId} paymentId={paymentId} asOf={asOf} place="drawer" />
    </Drawer>
  )
}

interface OpenPaymentProps {
  readonly paymentId: string
  /** The past instant, ISO 8601 UTC; null for now. */
  readonly asOf?: string | null
  readonly onClose: () => void
}
