import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { storyEntries } from './story-entries.ts'
import { Timeline } from './timeline.tsx'
import { usePaymentPeople } from './use-payment-people.ts'

/** The timeline, with what people here wrote and did. */
export function PaymentStory({ payment }: { readonly payment: PaymentDetail }) {
  const { notes, history } = usePaymentPeople(payment.id)
  const entries = storyEntries({ payment, notes, history })
  return <Timeline entries={entries} network={payment.network} />
}
