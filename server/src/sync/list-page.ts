import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import type { Db } from '../database.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { PaymentListQuery } from '../gateway/gateway-requests.ts'
import { apiObservation, type Observation } from '../payments/observations.ts'

export interface SyncDependencies {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'listPayments' | 'getPayment'>
  readonly now: () => Date
  readonly log: SyncLog
  /** Rows a page of the list; SpacePay allows up to 1,000. */
  readonly pageLimit: number
}

/** The part of a pino logger that is used here. */
export interface SyncLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface ListedPage {
  readonly observations: readonly Observation[]
  readonly payments: readonly PaymentSnapshot[]
  /** All rows, those that could not be read included. */
  readonly rowCount: number
  readonly rejectedCount: number
  readonly total: number | null
  readonly hasMore: boolean
}

/** One page of the list, ready to be learned. Rows that cannot be read are logged and left out. */
export async function readListPage(
  { gateway, now, log, pageLimit }: SyncDependencies,
  query: Pick<PaymentListQuery, 'sortOrder' | 'offset'>,
): Promise<ListedPage> {
  const askedAt = now()
  const page = await gateway.listPayments({ ...query, sortBy: 'createdAt', limit: pageLimit })
  const answeredAt = now()
  for (const { id, problem } of page.rejected) {
    log.warn({ paymentId: id, problem }, 'A listed payment could not be read')
  }
  return {
    observations: page.rows.map((row) => apiObservation({ ...row, askedAt, answeredAt })),
    payments: page.rows.map(({ value }) => value),
    rowCount: page.rows.length + page.rejected.length,
    rejectedCount: page.rejected.length,
    total: page.total,
    hasMore: page.hasMore,
  }
}
