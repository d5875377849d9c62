import type { PaymentRecord } from '../payments/payment-record.ts'
import type { Origin } from '../state/journal-entry.ts'
import { seededRandom } from '../state/random.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import { arrivalTimes } from './arrival-times.ts'
import { generatePayment, type OrderNumbers } from './generate-payment.ts'
import { generateWithdrawals } from './generate-withdrawals.ts'

export interface History {
  readonly payments: readonly PaymentRecord[]
  readonly withdrawals: readonly WithdrawalRecord[]
}

/** The last payments are spread over these minutes before "now", so that some are still open. */
const OPEN_MINUTES = 24
/** One after the other they are paid, the oldest at once. */
const OPEN_PAUSE_MS = 45_000
const OPEN_SHARE = 0.1
const OPEN_MAX = 8

/**
 * The merchant's past up to `origin.anchor`: the same seed, anchor and count give the same thirteen
 * months, id by id, so only their origin is ever stored.
 */
export function generateHistory(origin: Origin): History {
  const { seed, anchor, historyCount } = origin
  const random = seededRandom(`${seed}:payments`)
  const openCount = Math.min(OPEN_MAX, Math.floor(historyCount * OPEN_SHARE))
  const times = arrivalTimes(seededRandom(`${seed}:times`), anchor, historyCount - openCount)
  for (let index = openCount; index > 0; index -= 1) {
    times.push(anchor - Math.floor(((index - 0.5) * OPEN_MINUTES * 60_000) / openCount))
  }
  const numbers: OrderNumbers = { order: 71_204, invoice: 1_180 }
  const payments = times.map((createdAt, index) => {
    const payment = generatePayment({ random, numbers, anchor }, createdAt, index)
    const openIndex = index - (times.length - openCount)
    return openIndex < 0 ? payment : stillOpen(payment, anchor + openIndex * OPEN_PAUSE_MS)
  })
  return { payments, withdrawals: generateWithdrawals(origin) }
}

/** The payment as it was before anything happened to it, to be paid at `payAt`. */
function stillOpen(payment: PaymentRecord, payAt: number): PaymentRecord {
  return {
    ...payment,
    status: 'pending',
    amountCents: payment.type === 'deposit' ? 0 : payment.amountCents,
    quotes: payment.quotes.map((quote) => ({ ...quote, use: 'open' })),
    transaction: null,
    settledAt: null,
    plan: { outcome: 'exact', at: payAt },
  }
}
