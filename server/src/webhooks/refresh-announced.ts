import { paymentId } from '@desk/shared/payments/payment'
import type { Db } from '../database.ts'
import { refreshWithdrawal } from '../withdrawals/refresh-withdrawal.ts'
import { refreshPayment, type RefreshDependencies } from '../payments/refresh-payment.ts'

/**
 * Reads from the API what an event announced, unless the API was asked since: a sweep of the list may
 * have been quicker, and in a burst it is. Always asks anew, since a call already under way may have
 * been answered before the event. Throws when SpacePay does not answer, to be tried again.
 */
export async function refreshAnnounced(
  dependencies: RefreshDependencies,
  announcedId: string,
): Promise<void> {
  const id = paymentId.parse(announcedId)
  if (await wasAskedSince(dependencies.db, id)) return
  const answer = await refreshPayment(dependencies, id)
  if (answer.outcome === 'unavailable') throw new Error(answer.reason)
}

/** The same for a withdrawal, of which there are too few for a sweep to be quicker. */
export async function refreshAnnouncedWithdrawal(
  dependencies: Parameters<typeof refreshWithdrawal>[0],
  id: string,
): Promise<void> {
  if (!(await refreshWithdrawal(dependencies, id))) throw new Error('SpacePay did not answer.')
}

async function wasAskedSince(db: Db, id: string): Promise<boolean> {
  const { readAt, toldAt } = await db
    .selectNoFrom((eb) => [
      eb.selectFrom('payment').select('api_read_at').where('id', '=', id).as('readAt'),
      eb
        .selectFrom('webhook_delivery')
        .select((delivery) => delivery.fn.max('received_at').as('at'))
        .where('payment_id', '=', id)
        .as('toldAt'),
    ])
    .executeTakeFirstOrThrow()
  return readAt !== null && toldAt !== null && readAt > toldAt
}
