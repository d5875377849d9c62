import { describe, expect, test } from 'vitest'
import { hasSettledMoney } from '../payments/payment-record.ts'
import { paymentJson } from '../payments/serialise-payment.ts'
import { tokenOf } from '../registry/tokens.ts'
import { generateHistory } from './generate-history.ts'

const anchor = Date.parse('2026-11-22T12:00:00.000Z')
const origin = { seed: 'northwind', anchor, historyCount: 20_000 }
const history = generateHistory(origin)
const { payments, withdrawals } = history
const share = (count: number) => count / payments.length
const day = 86_400_000

describe('the made-up history', () => {
  test('is the same for the same seed and anchor, and another for another seed', () => {
    expect(generateHistory({ ...origin, historyCount: 300 })).toStrictEqual(
      generateHistory({ ...origin, historyCount: 300 }),
    )
    const [mine] = generateHistory({ ...origin, historyCount: 3 }).payments
    const [other] = generateHistory({ ...origin, historyCount: 3, seed: 'other' }).payments
    expect(mine?.id).not.toBe(other?.id)
  })

  test('has the same ids whenever it is made', () => {
    const idsAt = (moment: number) =>
      generateHistory({ ...origin, anchor: moment, historyCount: 300 }).payments.map(({ id }) => id)
    expect(idsAt(anchor + 40 * day + 7_777_777)).toStrictEqual(idsAt(anchor))
  })

  test('spans thirteen months up to now in order, with unique ids', () => {
    expect(payments).toHaveLength(20_000)
    const times = payments.map((payment) => payment.createdAt)
    expect(times).toStrictEqual(times.toSorted((a, b) => a - b))
    expect((anchor - (times[0] ?? 0)) / day).toBeGreaterThan(390)
    expect(times.at(-1)).toBeLessThan(anchor)
    expect(new Set(payments.map((payment) => payment.id)).size).toBe(20_000)
    expect(withdrawals.length).toBeGreaterThan(100)
  })

  test('has the shares a shop would see', () => {
    const of = (status: string) => share(payments.filter((p) => p.status === status).length)
    expect(of('completed')).toBeGreaterThan(0.8)
    expect(of('expired')).toBeGreaterThan(0.09)
    expect(of('failed')).toBeGreaterThan(0.01)
    expect(of('cancelled')).toBeGreaterThan(0.005)
    expect(payments.filter((p) => p.status === 'pending')).toHaveLength(8)
  })

  test('holds underpaid, overpaid, reverted and late money', () => {
    const settled = payments.filter(hasSettledMoney)
    const difference = (payment: (typeof payments)[number]) => {
      const { quotes, receipt } = paymentJson(payment, {
        now: anchor,
        echoMetadata: true,
        receiptUnsettled: true,
        profile: 'default',
      })
      const paid = quotes.find((quote) => quote.id === receipt?.selectedQuote.id)
      return BigInt(receipt?.settledAmountAsset ?? 0) - BigInt(paid?.expectedAmountAsset ?? 0)
    }
    const underpaid = settled.filter((p) => p.status === 'failed')
    const overpaid = settled.filter(
      (p) => p.status === 'completed' && p.type === 'payment' && difference(p) > 0n,
    )
    expect(share(underpaid.length)).toBeGreaterThan(0.01)
    expect(underpaid.every((p) => difference(p) < 0n)).toBe(true)
    expect(share(overpaid.length)).toBeGreaterThan(0.01)
    expect(payments.some((p) => p.transaction?.isReverted)).toBe(true)
    expect(settled.some((p) => p.status === 'expired')).toBe(true)
    const slow = settled.filter((p) => {
      const quote = p.quotes.find((one) => one.id === p.transaction?.quoteId)
      return p.status === 'completed' && (p.transaction?.minedAt ?? 0) > (quote?.expiresAt ?? 0)
    })
    expect(share(slow.length)).toBeGreaterThan(0.003)
  })

  test('uses every token of the seven networks, mostly stablecoins', () => {
    const used = payments.flatMap((p) => (p.transaction ? [tokenOf(p.transaction)] : []))
    expect(new Set(used.map((token) => token.id)).size).toBe(20)
    expect(new Set(used.map((token) => token.chainId)).size).toBe(7)
    const stable = used.filter((token) => token.type === 'stablecoin').length
    expect(stable / used.length).toBeGreaterThan(0.7)
  })

  test('breathes: busy evenings, quiet nights, growth, and two campaigns that stand out', () => {
    expect(inHours(18, 21)).toBeGreaterThan(4 * inHours(2, 5))
    expect(inDays(0, 60)).toBeGreaterThan(1.3 * inDays(330, 60) - 20)
    expect(inDays(114, 3)).toBeGreaterThan(1.7 * inDays(90, 14))
    expect(inDays(349, 2)).toBeGreaterThan(2 * inDays(300, 14))
  })

  test('numbers its orders upwards and carries hostile metadata somewhere', () => {
    const orders = payments.flatMap((p) => {
      const number = /^ORDER-(\d+)$/.exec(p.orderId)?.[1]
      return number === undefined ? [] : [Number(number)]
    })
    expect(orders).toStrictEqual(orders.toSorted((a, b) => a - b))
    expect(payments.some((p) => p.orderId.startsWith('SUB-'))).toBe(true)
    expect(payments.some((p) => p.orderId.startsWith('INV-'))).toBe(true)
    expect(payments.some((p) => p.customMetadata?.includes('<script>'))).toBe(true)
    expect(payments.every((p) => (p.customMetadata?.length ?? 0) <= 2_048)).toBe(true)
  })

  test('tells no payment’s end before its beginning nor after now', () => {
    for (const payment of payments) {
      const { transaction, settledAt, createdAt } = payment
      if (!transaction || settledAt === null) continue
      expect(createdAt <= transaction.minedAt && transaction.minedAt <= settledAt).toBe(true)
      expect(settledAt).toBeLessThanOrEqual(anchor)
    }
  })
})

function inHours(from: number, to: number): number {
  return payments.filter((payment) => {
    const hour = new Date(payment.createdAt).getUTCHours()
    return hour >= from && hour < to
  }).length
}

/** Payments a day over so many days, beginning so many days ago. */
function inDays(ago: number, days: number): number {
  const [from, to] = [anchor - (ago + days) * day, anchor - ago * day]
  return payments.filter((one) => one.createdAt >= from && one.createdAt < to).length / days
}
