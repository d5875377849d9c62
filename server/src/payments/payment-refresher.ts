import type { PaymentId } from '@desk/shared/payments/payment'
import type { Attribution } from '../kernel/actor.ts'
import type { RefreshOutcome } from '../kernel/trpc.ts'
import { refreshPayment, type RefreshDependencies } from './refresh-payment.ts'

export interface PaymentRefresher {
  /**
   * Asks SpacePay now; people who ask for the same payment at the same moment share one call. Each of
   * them stands in the audit log with the answer.
   */
  refresh(id: PaymentId, by?: Attribution): Promise<RefreshOutcome>
  /** The same in the background, unless some Desk asked less than `freshMs` ago; never throws. */
  readThrough(id: PaymentId): void
}

export interface RefresherOptions extends RefreshDependencies {
  readonly freshMs: number
  readonly log: { error(facts: object, message: string): void }
}

interface SharedCall {
  readonly askers: Attribution[]
  readonly answer: Promise<RefreshOutcome>
}

export function createPaymentRefresher(options: RefresherOptions): PaymentRefresher {
  const { db, now, freshMs, log } = options
  const underWay = new Map<PaymentId, SharedCall>()

  const refresh = (id: PaymentId, by?: Attribution): Promise<RefreshOutcome> => {
    const shared = underWay.get(id)
    if (shared) {
      if (by) shared.askers.push(by)
      return shared.answer
    }
    const askers = by ? [by] : []
    const isOver = () => underWay.get(id)?.askers === askers && underWay.delete(id)
    const takeAskers = () => {
      // Whoever asks from now on could not be written down any more: they get a call of their own.
      isOver()
      return askers
    }
    const answer = refreshPayment(options, id, takeAskers).finally(isOver)
    underWay.set(id, { askers, answer })
    return answer
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
