import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leftAfter, leftStates, usedOf } from './limits-use.ts'
import { type RequestState, requestSteps } from './request-state.ts'

const part = { isOwn: false, isWaiting: false, isToday: false }
const nothing = { dayCents: 0, weekCents: 0 }

describe('what is used of a limit', () => {
  test('when one is asked for: what left today, and all that waits, whenever it was asked for', () => {
    const parts = [
      { ...part, cents: 1, isToday: true },
      { ...part, cents: 10 },
      { ...part, cents: 100, isWaiting: true },
    ]
    expect(usedOf(parts, 'asking')).toEqual({
      usedByPerson: nothing,
      usedInTotal: { dayCents: 101, weekCents: 111 },
    })
  })

  test('when one leaves: only what has left, so that nobody waits for what may never leave', () => {
    const parts = [
      { ...part, cents: 1, isToday: true, isOwn: true },
      { ...part, cents: 100, isWaiting: true },
    ]
    const one = { dayCents: 1, weekCents: 1 }
    expect(usedOf(parts, 'leaving')).toEqual({ usedByPerson: one, usedInTotal: one })
  })

  test('a day never has more than its week, one person never more than all, leaving never more than asking', () => {
    const anyPart = fc.record({
      cents: fc.nat(1_000_000),
      isOwn: fc.boolean(),
      isWaiting: fc.boolean(),
      isToday: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 12 }), (parts) => {
        const [asking, leaving] = [usedOf(parts, 'asking'), usedOf(parts, 'leaving')]
        for (const { usedByPerson, usedInTotal } of [asking, leaving]) {
          expect(usedByPerson.dayCents).toBeLessThanOrEqual(usedByPerson.weekCents)
          expect(usedInTotal.dayCents).toBeLessThanOrEqual(usedInTotal.weekCents)
          expect(usedByPerson.weekCents).toBeLessThanOrEqual(usedInTotal.weekCents)
        }
        expect(leaving.usedInTotal.dayCents).toBeLessThanOrEqual(asking.usedInTotal.dayCents)
      }),
    )
  })
})

describe('the instant at which money left', () => {
  test('is that of the sending, whatever is learned later', () => {
    expect(leftAfter(null, { to: 'sending', at: 1 })).toBe(1)
    expect(leftAfter(1, { to: 'unknown', at: 2 })).toBe(1)
    expect(leftAfter(1, { to: 'completed', at: 3 })).toBe(1)
  })

  test('is none where SpacePay took nothing: it leaves another day', () => {
    expect(leftAfter(1, { to: 'approved', at: 2 })).toBeNull()
    expect(leftAfter(null, { to: 'sending', at: 5 })).toBe(5)
  })

  test('whatever steps a request takes: it has one exactly while its money may be gone', () => {
    const step = (from: RequestState, choice: number) =>
      requestSteps[from][choice % Math.max(1, requestSteps[from].length)]
    const mayBeGone = new Set<RequestState>([...leftStates, 'failed'])
    fc.assert(
      fc.property(fc.array(fc.nat(11), { maxLength: 20 }), (choices) => {
        let state: RequestState = 'draft'
        let left: number | null = null
        choices.forEach((choice, at) => {
          const to = step(state, choice)
          if (to === undefined) return
          left = leftAfter(left, { to, at })
          state = to
          expect(left !== null).toBe(mayBeGone.has(state))
        })
      }),
    )
  })
})
