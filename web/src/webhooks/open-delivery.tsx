import { Drawer } from '../ui/drawer.tsx'
import { DeliveryDetail } from './delivery-detail.tsx'

/** The delivery that the address names, over the list. */
export function OpenDelivery({
  id,
  onClose,
}: {
  readonly id: string
  readonly onClose: () => void
}) {
  return (
    <Drawer open label="Webhook delivery" onClose={onClose}>
      <DeliveryDetail id={id} place="drawer" />
    </Drawer>
  )
}
