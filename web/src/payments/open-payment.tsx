import { Drawer } from '../ui/drawer.tsx'
import { PaymentDetail } from './payment-detail.tsx'

/** The payment that the address names, over the list. */
export function OpenPayment({ paymentId, onClose }: OpenPaymentProps) {
  return (
    <Drawer open label="Payment" onClose={onClose}>
      <PaymentDetail key={paymentId} paymentId={paymentId} place="drawer" />
    </Drawer>
  )
}

interface OpenPaymentProps {
  readonly paymentId: string
  readonly onClose: () => void
}
