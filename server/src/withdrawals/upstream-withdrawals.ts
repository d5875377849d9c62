import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import { failureOf, GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { type WithdrawalObservation, withdrawalAnswer } from './withdrawal-observations.ts'

const PAGE_LIMIT = 100
/** SpacePay's clock and ours may differ by so much, and an older page still be looked at. */
const CLOCK_MS = 24 * 60 * 60_000

/**
 * Looks for the withdrawal that carries an order id: SpacePay cannot be asked for one, so its list is read
 * to its end, or where it is seen to begin with the newest, until what was made well before `since`. Null
 * where it is not there. A row that cannot be read and names our order is not "not there". Throws GatewayError.
 */
export async function findUpstream(
  {
    gateway,
    now,
  }: { readonly gateway: Pick<Gateway, 'listWithdrawals'>; readonly now: () => Date },
  asked: { readonly orderId: string; readonly since: Date },
): Promise<WithdrawalObservation | null> {
  for (let offset = 0; ;) {
    const askedAt = now()
    const page = await gateway.listWithdrawals({ limit: PAGE_LIMIT, offset })
    const found = page.rows.find(({ value }) => value.orderId === asked.orderId)
    if (found) return withdrawalAnswer({ ...found, askedAt, answeredAt: now() })
    if (page.rejected.some(({ raw }) => JSON.stringify(raw).includes(asked.orderId))) {
      throw unreadable(asked.orderId)
    }
    const values = page.rows.map(({ value }) => value)
    const isPast = isNewestFirst(values) && values.every((value) => isBefore(value, asked.since))
    if (!page.hasMore || isPast) return null
    // One fewer than read: what came in front meanwhile pushed the others back.
    offset += Math.max(1, page.rows.length + page.rejected.length - 1)
  }
}

function unreadable(orderId: string): GatewayError {
  const message = `SpacePay has something for ${orderId} that is not what it documents.`
  const failure = failureOf('undecodable', message, { code: 'unexpected_shape' })
  return new GatewayError(failure, { route: 'GET /withdrawals', attempts: 1 })
}

/** Its order is not documented: only rows that plainly follow it say so. */
function isNewestFirst(rows: readonly WithdrawalSnapshot[]): boolean {
  const times = rows.map(({ createdAt }) => Date.parse(createdAt ?? ''))
  const [first = Number.NaN] = times
  const last = times.at(-1) ?? Number.NaN
  return (
    first > last && times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0))
  )
}

function isBefore({ createdAt }: WithdrawalSnapshot, since: Date): boolean {
  return createdAt !== null && Date.parse(createdAt) < since.getTime() - CLOCK_MS
}
