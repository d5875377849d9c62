import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { storyEntries } from './story-entries.ts'
import { Timeline } from './timeline.tsx'
import { usePaymentPeople } from './use-payment-people.ts'

/** The timeline, with what people here wrote and did. */
export function PaymentStory({ payment, asOf }: PaymentStoryProps) {
  const { notes, history } = usePaymentPeople(payment.id)
  const entries = storyEntries({ payment, notes, history }).filter(
    ({ at }) => asOf === null || at <= asOf,
  )
  return <Timeline entries={entries} network={payment.network} />
}

interface PaymentStoryProps {
  readonly payment: PaymentDetail
  /** The past instant, ISO 8601 UTC; null for now. */
  readonly asOf: string | null
}
