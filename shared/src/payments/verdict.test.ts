import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCents } from '../money/amount-cents.ts'
import { amountCents } from '../money/amount-cents-schema.ts'
import { formatTokenAmount } from '../money/base-units.ts'
import { knownPaymentStatuses } from './payment-status.ts'
import { verdictMoment, verdictOf, verdictRowFor, verdictTable } from './verdict.ts'
import { at, bare, cases, now, quote, receipt, story } from './verdict.fixtures.ts'
import type { VerdictText } from './verdict-parts.ts'
import { dimensions, type ExplainedPayment, situationOf } from './verdict-situation.ts'

const nowMs = Date.parse(now)
const judged = (part: Partial<ExplainedPayment>) => verdictOf({ ...bare, ...part }, nowMs)

describe('the table of verdicts', () => {
  test.each(Object.entries(cases))('%s', (name, { payment, sentence }) => {
    const verdict = judged(payment)
    expect(verdict.name).toBe(name)
    expect(plain(verdict.sentence)).toBe(sentence)
    expect(plain(verdict.because)).toMatch(readable)
    expect(plain(verdict.reply)).toMatch(readable)
  })

  test('has an answer to every combination, and each of its rows is one to some', () => {
    const reached = new Set<string>()
    for (const situation of everySituation()) {
      const { name } = verdictRowFor(situation)
      reached.add(name)
      // Only a word we do not know may fall through to the last row, and no row above is for it by accident.
      expect(name === 'unknown_status').toBe(
        situation.status === 'unknown' && situation.sources === 'agree',
      )
    }
    expect(verdictTable.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([])
  })

  test('speaks of any payment whatever, in whole sentences', () => {
    const anyMoment = fc.date({ noInvalidDate: true, min: new Date(0) })
    fc.assert(
      fc.property(anyPayment, anyMoment, (payment, moment) => {
        const { sentence, because, reply } = verdictOf(payment, moment.getTime())
        for (const text of [sentence, because, reply]) expect(plain(text)).toMatch(readable)
      }),
    )
  })

  test('stays the same between the moments at which time changes something', () => {
    fc.assert(
      fc.property(anyPayment, instant, (payment, moment) => {
        const then = Date.parse(moment)
        expect(verdictOf(payment, verdictMoment(payment, then))).toEqual(verdictOf(payment, then))
      }),
      { numRuns: 500 },
    )
  })

  test('never tells a customer how we work, nor gives away a secret', () => {
    for (const { payment } of Object.values(cases)) {
      const reply = plain(judged(payment).reply)
      expect(reply).not.toMatch(
        /webhook|\bAPI\b|desk|spacepay|finance|slippage|drift|risk|rating|base units|basis point|secret|quote|withdrawal/i,
      )
      expect(reply).toMatch(/^Hello,\n\n[^]+\n\nKind regards$/)
    }
  })

  test('asks for another payment first only where what came cannot count, and then sees it returned', () => {
    const again = everySituation()
      .filter(({ money, sources }) => money !== 'none' && sources === 'agree')
      .map(verdictRowFor)
      .filter(({ next }) => next.indexOf('new_payment') === 0)
    const names = new Set([...again].map(({ name }) => name))
    expect([...names].toSorted()).toEqual(['failed_short', 'failed_short_and_late'])
    expect(judged(cases.failed_short.payment).next).toContain('refund_by_withdrawal')
    expect(judged(cases.failed_short_and_late.payment).next).toContain('refund_by_withdrawal')
  })
})

describe('what is asked of a payment', () => {
  const situated = (part: Partial<ExplainedPayment>, moment = now) =>
    situationOf({ ...bare, ...part }, Date.parse(moment))

  test('a quote can be paid until its end, whatever SpacePay still calls it', () => {
    const quotes = [{ ...quote, status: 'active', expiresAt: at('14:36') }]
    expect(situated({ quotes }, at('14:35')).offer).toBe('open')
    expect(situated({ quotes }, at('14:36')).offer).toBe('over')
  })

  test('a quote in a word we do not know is neither valid nor over', () => {
    expect(situated({ quotes: [{ ...quote, status: 'paused' }] }).offer).toBe('none')
  })

  test('a receipt of zero is no money, one without an amount is money by its transaction', () => {
    expect(situated({ receipt: { ...receipt, receivedBaseUnits: '0' } }).money).toBe('none')
    const untold = { ...receipt, receivedBaseUnits: null }
    expect(situated({ receipt: untold }).money).toBe('unmeasured')
    expect(situated({ receipt: { ...untold, txHash: null } }).money).toBe('none')
  })

  test('an event that came after the API did not know the payment clears the doubt', () => {
    const apiStory = story('api', 'not_found', '14:10')
    expect(situated({ apiStory, webhookStory: story('webhook', 'pending', '14:11') }).sources).toBe(
      'agree',
    )
    expect(situated({ apiStory, webhookStory: story('webhook', 'pending', '14:09') }).sources).toBe(
      'missing',
    )
  })

  test('one source ahead of the other is no contradiction; two different ends are', () => {
    const webhookStory = story('webhook', 'completed', '14:20')
    expect(situated({ webhookStory, apiStory: story('api', 'processing', '14:21') }).sources).toBe(
      'agree',
    )
    expect(situated({ webhookStory, apiStory: story('api', 'failed', '14:21') }).sources).toBe(
      'disagree',
    )
  })

  test('less than half a cent is told in tokens, not as nothing', () => {
    const verdict = judged({
      status: 'completed',
      quotes: [quote],
      receipt: { ...receipt, receivedBaseUnits: '89500001' },
    })
    expect(plain(verdict.sentence)).toBe('It is paid, with 0.000001 USDC too much.')
  })
})

function* everySituation(): Generator<ReturnType<typeof situationOf>> {
  const { status, kind, offer, money, timing, pace, counting, risk, sources } = dimensions
  for (const one of status)
    for (const two of kind)
      for (const three of offer)
        for (const four of money)
          for (const five of timing)
            for (const six of pace)
              for (const seven of counting)
                for (const eight of risk)
                  for (const nine of sources)
                    yield {
                      status: one,
                      kind: two,
                      offer: three,
                      money: four,
                      timing: five,
                      pace: six,
                      counting: seven,
                      risk: eight,
                      sources: nine,
                    }
}

const instant = fc
  .date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2027-01-01') })
  .map((date) => date.toISOString())
const units = fc.option(fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }).map(String))
const anyText = fc.option(fc.string())
const anyToken = fc.record({
  id: anyText,
  symbol: fc.string(),
  contractAddress: anyText,
  decimals: fc.option(fc.nat(30)),
  isNative: fc.boolean(),
})
const anyQuote = fc.record({
  id: fc.constantFrom('quote', 'other'),
  token: anyToken,
  network: anyText,
  depositAddress: anyText,
  expectedBaseUnits: units,
  rate: anyText,
  amountDueCents: fc.option(fc.nat().map((cents) => amountCents.parse(cents))),
  status: fc.oneof(fc.constantFrom('active', 'expired', 'used', 'failed'), fc.string()),
  expiresAt: fc.option(instant),
  createdAt: fc.option(instant),
})
const anyReceipt = fc.record({
  txHash: anyText,
  blockNumber: anyText,
  transactionAt: fc.option(instant),
  senderAddress: anyText,
  token: fc.option(anyToken),
  network: anyText,
  quoteId: fc.option(fc.constantFrom('quote', 'gone')),
  receivedBaseUnits: units,
  receivedUsd: anyText,
  confirmations: fc.option(fc.nat()),
  requiredConfirmations: fc.option(fc.nat()),
  riskScore: fc.option(fc.nat()),
  riskSeverity: anyText,
  riskProvider: anyText,
  completedAt: fc.option(instant),
})
const anyStatus = fc.oneof(
  fc.constantFrom(...knownPaymentStatuses, 'not_found'),
  fc.string({ minLength: 1 }),
)
const anyStory = (source: 'webhook' | 'api') =>
  fc.option(
    fc.record({
      id: fc.constant('1'),
      source: fc.constant(source),
      status: anyStatus,
      amountCents: fc.constant(null),
      occurredAt: instant,
      learnedAt: instant,
    }),
  )
const anyPayment: fc.Arbitrary<ExplainedPayment> = fc.record({
  type: fc.constantFrom('payment', 'deposit', 'tip'),
  status: anyStatus,
  amountCents: fc.option(fc.nat().map((cents) => amountCents.parse(cents))),
  currency: fc.constantFrom('USD', 'usd', 'XYZW'),
  orderId: anyText,
  network: anyText,
  quotes: fc.array(anyQuote, { maxLength: 3 }),
  receipt: fc.option(anyReceipt),
  processingSince: fc.option(instant),
  webhookStory: anyStory('webhook'),
  apiStory: anyStory('api'),
})

/** Ends as a sentence or a letter does, with no hole in it. */
const readable = /^(?![^]*(?:undefined|NaN|\[object))[^]+(?:\.|Kind regards)$/

/** As a screen would format it, for a reader in UTC. */
function plain(text: VerdictText): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return part
      if (part.kind === 'time') return part.at.slice(11, 16)
      if (part.kind === 'money') return formatCents(part.cents, { currency: part.currency })
      return `${formatTokenAmount(part)} ${part.symbol}`
    })
    .join('')
}
