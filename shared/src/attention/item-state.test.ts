import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { itemAfter, itemResolved, type ItemState, type PresentFact, stepOf } from './item-state.ts'

const cents = (value: number) => amountCents.parse(value)

describe('an item of the queue', () => {
  const short = { fact: '90 of 100', stakeCents: cents(10) }
  const shorter = { fact: '80 of 100', stakeCents: cents(20) }
  const open: ItemState = { state: 'open', ...short }

  test('is opened by a fact and by nothing else', () => {
    expect(stepOf(null, short)).toBe('open')
    expect(stepOf(null, null)).toBeNull()
  })

  test('ends by itself when the fact is gone', () => {
    expect(stepOf(open, null)).toBe('close')
    expect(itemAfter(open, null)).toMatchObject({ state: 'resolved', fact: null })
  })

  test('stays open over a change and shows what is at stake now', () => {
    expect(stepOf(open, shorter)).toBe('refresh')
    expect(itemAfter(open, shorter)).toEqual({ state: 'open', ...shorter })
  })

  test('that somebody resolved stays resolved while the payment says the same, and only then', () => {
    const resolved = itemResolved(open)
    expect(stepOf(resolved, short)).toBeNull()
    expect(stepOf(resolved, { ...short, stakeCents: cents(11) })).toBeNull()
    expect(stepOf(resolved, shorter)).toBe('reopen')
  })

  test('that somebody resolved is opened again when its fact was gone and is back', () => {
    const gone = itemAfter(itemResolved(open), null)
    expect(stepOf(itemResolved(open), null)).toBe('forget')
    expect(stepOf(gone, short)).toBe('reopen')
  })
})

/** What may happen to an item, in any order: the payment is judged, or somebody resolves what is open. */
const fact = fc.record({
  fact: fc.constantFrom('a', 'b', 'c'),
  stakeCents: fc.option(fc.integer({ min: 0, max: 3 }).map(cents)),
})
const happening = fc.oneof(
  fc.record({ judged: fc.option(fact) }),
  fc.constant({ resolvedByPerson: true as const }),
)
type Happening = { judged: PresentFact | null } | { resolvedByPerson: true }

function after(item: ItemState | null, one: Happening): ItemState | null {
  if ('judged' in one) return itemAfter(item, one.judged)
  return item?.state === 'open' ? itemResolved(item) : item
}

describe('whatever happens in whatever order', () => {
  const history = fc.array<Happening>(happening, { maxLength: 20 })

  test('being judged twice is being judged once', () => {
    fc.assert(
      fc.property(history, fc.option(fact), (happened, present) => {
        const item = itemAfter(happened.reduce(after, null), present)
        expect(itemAfter(item, present)).toEqual(item)
        expect(stepOf(item, present)).toBeNull()
      }),
    )
  })

  test('an item is open exactly while its fact holds and nobody resolved that very fact', () => {
    fc.assert(
      fc.property(history, (happened) => {
        let item: ItemState | null = null
        let present: PresentFact | null = null
        let settled: string | null = null
        for (const one of happened) {
          if ('judged' in one) {
            present = one.judged
            if (present?.fact !== settled) settled = null
          } else if (item?.state === 'open') settled = item.fact
          item = after(item, one)
          const isWaiting = present !== null && settled !== present.fact
          expect(item?.state === 'open').toBe(isWaiting)
          expect(isWaiting ? item?.stakeCents : null).toBe(isWaiting ? present?.stakeCents : null)
        }
      }),
    )
  })

  test('nothing is ever open without a fact', () => {
    fc.assert(
      fc.property(history, (happened) => {
        const item = happened.reduce(after, null)
        expect(item?.state === 'open' && item.fact === null).toBe(false)
      }),
    )
  })
})
