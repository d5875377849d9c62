import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { attentionFactsOf, type JudgedPayment } from './attention-facts.ts'

const seenAt = '2026-11-23T10:00:00.000Z'
const later = (minutes: number) => Date.parse(seenAt) + minutes * 60_000

/** $150.74 asked for as 150.74 USDC on Base, and paid. */
function paid(changes: Partial<JudgedPayment> = {}): JudgedPayment {
  return {
    status: 'completed',
    flags: [],
    amountCents: amountCents.parse(14_999),
    network: 'eip155:8453',
    expectedBaseUnits: '150740000',
    amountDueCents: amountCents.parse(15_074),
    receivedBaseUnits: '150740000',
    receivedUsd: '150.74',
    transactionAt: seenAt,
    requiredConfirmations: 10,
    processingSince: seenAt,
    drift: [],
    ...changes,
  }
}

test('a payment as it should be needs nobody', () => {
  expect(attentionFactsOf(paid(), later(600))).toEqual([])
})

describe('at stake is', () => {
  test('what is missing of an underpaid one', () => {
    const facts = attentionFactsOf(
      paid({ flags: ['underpaid'], receivedBaseUnits: '150000000' }),
      later(1),
    )
    expect(facts).toEqual([
      { kind: 'underpaid', fact: '150000000 of 150740000', stakeCents: 74, since: seenAt },
    ])
  })

  test('what came too much of an overpaid one', () => {
    const facts = attentionFactsOf(
      paid({ flags: ['overpaid'], receivedBaseUnits: '160740000' }),
      later(1),
    )
    expect(facts).toMatchObject([{ kind: 'overpaid', stakeCents: 1_000 }])
  })

  test('all that arrived late: at the price of the quote, else as SpacePay values it, else the amount', () => {
    const stake = (changes: Partial<JudgedPayment>) =>
      attentionFactsOf(paid({ flags: ['late'], ...changes }), later(1))[0]?.stakeCents
    expect(stake({ receivedBaseUnits: '100000000' })).toBe(10_000)
    expect(stake({ expectedBaseUnits: null, receivedUsd: '99.995' })).toBe(10_000)
    expect(stake({ expectedBaseUnits: null, receivedUsd: '99.994' })).toBe(9_999)
    expect(stake({ expectedBaseUnits: null, receivedUsd: null })).toBe(14_999)
  })

  test('unknown where the quote has no price', () => {
    const facts = attentionFactsOf(
      paid({ flags: ['underpaid'], receivedBaseUnits: '1', amountDueCents: null }),
      later(1),
    )
    expect(facts[0]?.stakeCents).toBeNull()
  })
})

describe('stuck', () => {
  const waiting = paid({ status: 'processing' })

  test('is what still processes after the usual time of its network, with all of its amount', () => {
    expect(attentionFactsOf(waiting, later(10))).toEqual([])
    expect(attentionFactsOf(waiting, later(10) + 1)).toEqual([
      {
        kind: 'stuck',
        fact: seenAt,
        stakeCents: 14_999,
        since: '2026-11-23T10:10:00.000Z',
      },
    ])
  })

  test.each([
    ['eip155:1', null, 12],
    ['eip155:137', null, 42],
    ['eip155:137', 12, 10],
    ['bip122:000000000019d6689c085ae165831e93', null, 150],
    ['eip155:999999', 3, 60],
    [null, null, 60],
  ])('on %s with %s confirmations begins after %i minutes', (network, required, minutes) => {
    const one = { ...waiting, network, requiredConfirmations: required }
    expect(attentionFactsOf(one, later(minutes))).toEqual([])
    expect(attentionFactsOf(one, later(minutes + 1))).toHaveLength(1)
  })

  test('is nothing else, and nothing of which nobody knows since when', () => {
    expect(attentionFactsOf({ ...waiting, status: 'pending' }, later(900))).toEqual([])
    expect(attentionFactsOf({ ...waiting, status: 'settling' }, later(900))).toEqual([])
    expect(attentionFactsOf({ ...waiting, processingSince: null }, later(900))).toEqual([])
  })

  test('stays the same trouble while confirmations trickle in', () => {
    const [first] = attentionFactsOf(waiting, later(60))
    const [second] = attentionFactsOf({ ...waiting, requiredConfirmations: 11 }, later(120))
    expect(second?.fact).toBe(first?.fact)
  })
})

test('more money is another trouble than less', () => {
  const factOf = (receivedBaseUnits: string) =>
    attentionFactsOf(paid({ flags: ['underpaid'], receivedBaseUnits }), later(1))[0]?.fact
  expect(factOf('100')).not.toBe(factOf('101'))
})

describe('drift', () => {
  const missing = { topic: 'heard completed', fact: 'unheard', since: seenAt, detectedAt: seenAt }
  const differing = { ...missing, topic: 'amount completed', fact: '1 against 2' }
  const first = { ...missing, stakeCents: amountCents.parse(14_999) }
  const second = {
    ...differing,
    since: '2026-11-23T09:00:00.000Z',
    stakeCents: amountCents.parse(100),
  }

  test('of a payment is one item: the most that is at stake, since the first of it', () => {
    expect(attentionFactsOf(paid({ drift: [first, second] }), later(1))).toMatchObject([
      { kind: 'drifted', stakeCents: 14_999, since: '2026-11-23T09:00:00.000Z' },
    ])
  })

  test('is another one once another disagreement came, in whatever order they are listed', () => {
    const factOf = (...drift: JudgedPayment['drift'][number][]) =>
      attentionFactsOf(paid({ drift }), later(1))[0]?.fact
    expect(factOf(first, second)).toBe(factOf(second, first))
    expect(factOf(first, second)).not.toBe(factOf(first))
    expect(factOf({ ...first, detectedAt: '2026-11-24T09:00:00.000Z' })).not.toBe(factOf(first))
  })
})
