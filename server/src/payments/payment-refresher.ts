import type { PaymentId } from '@desk/shared/payments/payment'
import type { RefreshOutcome } from '../kernel/trpc.ts'
import { refreshPayment, type RefreshDependencies } from './refresh-payment.ts'

export interface PaymentRefresher {
  /** Asks SpacePay now; people who ask for the same payment at the same moment share one call. */
  refresh(id: PaymentId): Promise<RefreshOutcome>
  /** The same in the background, unless some Desk asked less than `freshMs` ago; never throws. */
  readThrough(id: PaymentId): void
}

export interface RefresherOptions extends RefreshDependencies {
  readonly freshMs: number
  readonly log: { error(facts: object, message: string): void }
}

export function createPaymentRefresher(options: RefresherOptions): PaymentRefresher {
  const { db, now, freshMs, log } = options
  const underWay = new Map<PaymentId, Promise<RefreshOutcome>>()

  const refresh = (id: PaymentId): Promise<RefreshOutcome> => {
    const shared = underWay.get(id)
    if (shared) return shared
    const own = refreshPayment(options, id).finally(() => underWay.delete(id))
    underWay.set(id, own)
    return own
  }

  const refreshUnlessFresh = async (id: PaymentId): Promise<void> => {
    const read = await db
      .selectFrom('payment')
      .select('api_read_at')
      .where('id', '=', id)
      .executeTakeFirst()
    const isFresh = read?.api_read_at && now().getTime() - read.api_read_at.getTime() < freshMs
    if (!isFresh) await refresh(id)
  }

  return {
    refresh,
    readThrough: (id) => {
      refreshUnlessFresh(id).catch((error: unknown) =>
        log.error({ err: error, paymentId: id }, 'A payment could not be read through'),
      )
    },
  }
}
