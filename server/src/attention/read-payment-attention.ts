import type { PaymentAttention } from '@desk/shared/attention/attention-item'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { Db } from '../database.ts'
import { findEventsOf } from './attention-events.queries.ts'
import { findItemsOf } from './attention-items.queries.ts'
import { findNotesOf } from './notes.queries.ts'
import { findTagsOf } from './tags.queries.ts'

/** Everything people did about one payment; empty for one that Desk does not know. */
export async function readPaymentAttention(reads: Db, id: PaymentId): Promise<PaymentAttention> {
  const [notes, tags, items, events] = await Promise.all([
    findNotesOf(reads, id),
    findTagsOf(reads, id),
    findItemsOf(reads, id),
    findEventsOf(reads, id),
  ])
  return { notes, tags, items, events }
}
