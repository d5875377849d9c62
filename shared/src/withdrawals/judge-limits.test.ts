import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { exceededLimits, limitPeriods, limitText } from './judge-limits.ts'
import { anyLimits, startPolicy } from './policy.fixtures.ts'

const none = { dayCents: 0, weekCents: 0 }
const { limits } = startPolicy

describe('limits', () => {
  test('may be reached to the cent and not gone beyond', () => {
    const used = { dayCents: 4_000_000, weekCents: 4_000_000 }
    const exceeded = (amountCents: number) =>
      exceededLimits(limits, { amountCents, usedByPerson: none, usedInTotal: used })
    expect(exceeded(1_000_000)).toEqual([])
    expect(exceeded(1_000_001)).toMatchObject([{ scope: 'total', period: 'day' }])
    expect(exceeded(11_000_001).map(({ period }) => period)).toEqual(['day', 'week'])
  })

  test('of one person count only what that person asked for', () => {
    const perDayCents = amountCents.parse(1_000)
    const mine = { ...limits, byPerson: { ...limits.byPerson, perDayCents } }
    const exceeded = (ofPerson: number) =>
      exceededLimits(mine, {
        amountCents: 500,
        usedByPerson: { dayCents: ofPerson, weekCents: ofPerson },
        usedInTotal: { dayCents: 1_000, weekCents: 1_000 },
      }).map(({ scope }) => scope)
    expect(exceeded(500)).toEqual([])
    expect(exceeded(501)).toEqual(['person'])
  })

  test('are said in words, with what is used of them', () => {
    const used = { dayCents: 4_200_000, weekCents: 4_200_000 }
    const [first] = exceededLimits(limits, {
      amountCents: 900_000,
      usedByPerson: none,
      usedInTotal: used,
    })
    expect(first && limitText(first)).toBe(
      'This is above the limit of $50,000.00 for all withdrawals in a day, of which $42,000.00 are used.',
    )
  })

  test('whatever they are: what passes one after the other never sums to more', () => {
    fc.assert(
      fc.property(
        anyLimits,
        anyLimits,
        fc.array(
          fc.record({
            person: fc.constantFrom('ana', 'ben'),
            day: fc.nat(6),
            amountCents: fc.integer({ min: 100, max: 2_000_000 }),
          }),
          { maxLength: 30 },
        ),
        (byPerson, inTotal, asked) => {
          const passed: typeof asked = []
          const sum = (list: typeof asked) => list.reduce((all, one) => all + one.amountCents, 0)
          for (const one of asked) {
            const own = passed.filter(({ person }) => person === one.person)
            const used = (list: typeof asked) => ({
              dayCents: sum(list.filter(({ day }) => day === one.day)),
              weekCents: sum(list),
            })
            const exceeded = exceededLimits(
              { byPerson, inTotal },
              { amountCents: one.amountCents, usedByPerson: used(own), usedInTotal: used(passed) },
            )
            if (exceeded.length === 0) passed.push(one)
          }
          const within = (list: typeof asked, of: typeof inTotal) => {
            const days = Object.values(Object.groupBy(list, ({ day }) => day))
            expect(sum(list)).toBeLessThanOrEqual(of.perWeekCents ?? Infinity)
            for (const day of days) {
              expect(sum(day ?? [])).toBeLessThanOrEqual(of.perDayCents ?? Infinity)
            }
            for (const one of list) {
              expect(one.amountCents).toBeLessThanOrEqual(of.perWithdrawalCents ?? Infinity)
            }
          }
          within(passed, inTotal)
          within(
            passed.filter(({ person }) => person === 'ana'),
            byPerson,
          )
        },
      ),
    )
  })

  test('what is no amount of cents is a defect, not a free pass', () => {
    const broken = { dayCents: Number.NaN, weekCents: 0 }
    expect(() =>
      exceededLimits(limits, { amountCents: 100, usedByPerson: none, usedInTotal: broken }),
    ).toThrow(RangeError)
  })
})

describe('the day and the week of a limit', () => {
  test('are those of the business zone, whatever the clock does in them', () => {
    // Sunday evening in Berlin, in the week in which summer time ends.
    expect(limitPeriods(Date.parse('2026-10-25T22:30:00Z'), 'Europe/Berlin')).toEqual({
      day: { from: '2026-10-24T22:00:00.000Z', before: '2026-10-25T23:00:00.000Z' },
      week: { from: '2026-10-18T22:00:00.000Z', before: '2026-10-25T23:00:00.000Z' },
    })
    // The same instant is Monday in Auckland.
    expect(limitPeriods(Date.parse('2026-10-25T22:30:00Z'), 'Pacific/Auckland').week.from).toBe(
      '2026-10-25T11:00:00.000Z',
    )
  })

  test('hold the instant, the week holds the day, and each follows the one before', () => {
    const anyInstant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
    const anyZone = fc.constantFrom('Europe/Berlin', 'America/Havana', 'Pacific/Kiritimati')
    fc.assert(
      fc.property(anyInstant, anyZone, (atMs, zone) => {
        const { day, week } = limitPeriods(atMs, zone)
        const iso = new Date(atMs).toISOString()
        expect(day.from <= iso && iso < day.before).toBe(true)
        expect(week.from <= day.from && day.before <= week.before).toBe(true)
        expect(limitPeriods(Date.parse(day.before), zone).day.from).toBe(day.before)
        expect(limitPeriods(Date.parse(week.before), zone).week.from).toBe(week.before)
      }),
    )
  })
})
