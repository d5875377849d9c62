import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { DriftCase, SourceWord } from './drift-case.ts'
import { answers, at, caseOf, completed, created, processing, said } from './drift.fixtures.ts'
import { findDrift } from './find-drift.ts'

const minutes = (count: number) => count * 60
const soon = minutes(5)
const muchLater = minutes(60)

function found(words: readonly SourceWord[], seconds: number, changes: Partial<DriftCase> = {}) {
  return findDrift(caseOf(words, changes), Date.parse(at(seconds))).found
}

function kinds(words: readonly SourceWord[], seconds: number, changes: Partial<DriftCase> = {}) {
  return found(words, seconds, changes).map(({ kind, status, isOver }) => [kind, status, isOver])
}

test('a payment of which both tell the same story has none, whatever its age', () => {
  const words = [created, processing, completed, ...answers]
  expect(findDrift(caseOf(words), Date.parse(at(soon)))).toEqual({
    found: [],
    lookAgainAt: null,
    asksApi: false,
  })
  expect(found(words, muchLater)).toEqual([])
})

describe('a webhook that did not come', () => {
  test('is given a quarter of an hour after the API told of it, and then missing since it happened', () => {
    const words = [created, processing, ...answers]
    const before = findDrift(caseOf(words), Date.parse(at(83 + minutes(15) - 1)))
    expect(before).toEqual({ found: [], lookAgainAt: at(83 + minutes(15)), asksApi: false })
    expect(found(words, 83 + minutes(15))).toMatchObject([
      {
        kind: 'webhook_missing',
        status: 'completed',
        isOver: false,
        since: at(80),
        stakeCents: 14_999,
        one: null,
        other: { observationId: answers[1]?.observationId },
      },
    ])
  })

  test('is missing for every status that nobody told of, also one the API was never asked in', () => {
    expect(kinds([completed, ...answers], muchLater)).toEqual([
      ['webhook_missing', 'pending', false],
      ['webhook_missing', 'processing', false],
    ])
  })

  test('of an expired payment that no money came to is not looked for as processing', () => {
    const words = [created, said('api', 2), said('api', 1_900, { status: 'expired' })]
    expect(kinds(words, 1_900 + muchLater)).toEqual([['webhook_missing', 'expired', false]])
  })

  test('makes a payment nobody announced at all, by that name', () => {
    expect(kinds(answers, muchLater)).toEqual([
      ['never_announced', 'pending', false],
      ['webhook_missing', 'processing', false],
      ['webhook_missing', 'completed', false],
    ])
  })

  test('is the same story under another name once something else was announced', () => {
    const [silent] = found(answers, muchLater)
    const [missing] = found([...answers, completed], muchLater)
    expect([silent?.kind, missing?.kind]).toEqual(['never_announced', 'webhook_missing'])
    expect(missing?.topic).toBe(silent?.topic)
    expect(missing?.fact).toBe(silent?.fact)
  })

  test('and then comes is the same story, over by itself', () => {
    const late = said('webhook', 80, { status: 'completed', learned: 80 + minutes(40) })
    const [missing] = found([created, processing, ...answers], muchLater)
    const [over] = found([created, processing, late, ...answers], muchLater)
    expect(over).toMatchObject({ kind: 'webhook_late', isOver: true, topic: missing?.topic })
  })
})

describe('what nobody had to announce', () => {
  const history = [said('api', minutes(600), { status: 'completed' })]

  test('is everything before SpacePay told this Desk anything by webhook', () => {
    expect(found(history, minutes(700), { announcedSince: null })).toEqual([])
    expect(found(history, minutes(700), { announcedSince: at(minutes(300)) })).toEqual([])
  })

  test('is a change that may have been before that: nobody knows when it expired', () => {
    const expired = [said('api', minutes(600), { status: 'expired' })]
    expect(found(expired, minutes(700), { announcedSince: at(minutes(300)) })).toEqual([])
  })

  test('is not a change after it, of a payment from before it', () => {
    const words = [said('api', minutes(600)), said('api', minutes(640), { status: 'expired' })]
    expect(kinds(words, minutes(700), { announcedSince: at(minutes(300)) })).toEqual([
      ['webhook_missing', 'expired', false],
    ])
  })

  test('and is sent again years later is not late either', () => {
    const again = said('webhook', 80, { status: 'completed', learned: minutes(900) })
    const since = { announcedSince: at(minutes(300)) }
    expect(found([again, ...history], minutes(1_000), since)).toEqual([])
  })
})

describe('a webhook that came', () => {
  test('is late only beyond what a wrong clock could explain', () => {
    const after = (seconds: number) => [said('webhook', 0, { learned: seconds }), said('api', 2)]
    expect(kinds(after(minutes(5)), muchLater)).toEqual([])
    expect(kinds(after(minutes(5) + 1), muchLater)).toEqual([['webhook_late', 'pending', true]])
  })

  test('behind one about a later moment is out of order, and not late besides', () => {
    const behind = said('webhook', 0, { learned: 75 })
    expect(kinds([behind, processing, completed, ...answers], muchLater)).toEqual([
      ['out_of_order', 'pending', true],
    ])
    const longBehind = said('webhook', 0, { learned: minutes(30) })
    expect(kinds([longBehind, processing, completed, ...answers], muchLater)).toEqual([
      ['out_of_order', 'pending', true],
    ])
  })

  test('at the same moment as another is in order', () => {
    const twin = said('webhook', 60, { status: 'processing', learned: 62, observationId: 9 })
    expect(found([created, twin, processing, completed, ...answers], muchLater)).toEqual([])
  })
})

describe('what cannot both be so', () => {
  const lie = said('webhook', 60, { status: 'completed' })

  test('a webhook says completed and the API, asked a minute later, does not', () => {
    const words = [created, lie, said('api', 2)]
    const facts = { transactionAt: null, completedAt: null }
    const early = findDrift(caseOf(words, { ...facts, apiReadAt: at(70) }), Date.parse(at(70)))
    expect(early).toEqual({ found: [], lookAgainAt: at(121), asksApi: true })
    const unasked = findDrift(caseOf(words, { ...facts, apiReadAt: at(70) }), Date.parse(at(200)))
    expect(unasked).toEqual({ found: [], lookAgainAt: at(260), asksApi: true })
    expect(found(words, 200, { ...facts, apiReadAt: at(125) })).toMatchObject([
      {
        kind: 'status_differs',
        status: 'completed',
        isOver: false,
        stakeCents: 14_999,
        one: { deliveryId: 60 },
        other: { status: 'pending' },
      },
    ])
  })

  test('it is no longer so once the API says it, too', () => {
    const words = [
      created,
      processing,
      lie,
      said('api', 2),
      said('api', 90, { status: 'completed' }),
    ]
    expect(found(words, 300, { apiReadAt: at(290) })).toEqual([])
  })

  test('a webhook tells of another amount', () => {
    const more = said('webhook', 80, {
      status: 'completed',
      amountCents: amountCents.parse(149_990),
    })
    expect(found([created, processing, more, ...answers], soon)).toMatchObject([
      { kind: 'amount_differs', status: 'completed', stakeCents: 134_991, isOver: false },
    ])
  })

  test('a deposit that was told as nothing before its money came does not differ', () => {
    const none = { amountCents: amountCents.parse(0) }
    const words = [
      said('webhook', 0, none),
      processing,
      completed,
      said('api', 2, none),
      said('api', 82, { status: 'completed' }),
    ]
    expect(found(words, soon, { type: 'deposit' })).toEqual([])
  })

  test('the API takes a final status back, until it says it again', () => {
    const back = [...answers, said('api', 200, { status: 'processing' })]
    const story = [created, processing, completed]
    expect(kinds([...story, ...back], soon)).toEqual([['went_backwards', 'processing', false]])
    const again = said('api', 300, { status: 'completed' })
    expect(kinds([...story, ...back, again], 400)).toEqual([['went_backwards', 'processing', true]])
  })

  test('the API does not know what webhooks told of', () => {
    const missing = said('api', 90, { status: 'not_found', amountCents: null })
    expect(found([created, missing], 95, { apiReadAt: at(90) })).toMatchObject([
      { kind: 'unknown_to_api', one: { deliveryId: 0 }, other: { status: 'not_found' } },
    ])
    const atOnce = said('api', 3, { status: 'not_found', amountCents: null })
    const early = caseOf([created, atOnce], { apiReadAt: at(3) })
    expect(findDrift(early, Date.parse(at(4)))).toEqual({
      found: [],
      lookAgainAt: at(61),
      asksApi: true,
    })
    expect(found([created, atOnce, said('api', 70)], 80, { apiReadAt: at(70) })).toEqual([])
  })
})

test('the order in which observations are read decides nothing, and no topic is found twice', () => {
  const statuses = [
    'pending',
    'processing',
    'completed',
    'failed',
    'expired',
    'not_found',
    'on_hold',
  ]
  const word = fc
    .record({
      source: fc.constantFrom('webhook' as const, 'api' as const),
      status: fc.constantFrom(...statuses),
      seconds: fc.integer({ min: 0, max: 4_000 }),
      delay: fc.integer({ min: 1, max: 2_000 }),
      id: fc.integer({ min: 1, max: 1_000_000 }),
    })
    .filter(({ source, status }) => source === 'api' || status !== 'not_found')
    .map(({ source, status, seconds, delay, id }) =>
      said(source, seconds, { status, learned: seconds + delay, observationId: id }),
    )
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 8, selector: ({ observationId }) => observationId }),
      fc.integer({ min: 0, max: 20_000 }),
      (words, seconds) => {
        const now = Date.parse(at(seconds))
        const once = findDrift(caseOf(words), now)
        expect(findDrift(caseOf(words.toReversed()), now)).toEqual(once)
        const topics = once.found.map(({ topic }) => topic)
        expect(new Set(topics).size).toBe(topics.length)
        expect(Date.parse(once.lookAgainAt ?? at(99_999))).toBeGreaterThan(now)
      },
    ),
  )
})
