import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyPolicy, startPolicy } from './policy.fixtures.ts'
import { approversText, bandFor, bandText } from './policy-band.ts'
import { policyProblems } from './policy-schema.ts'

const one = [{ role: 'approver', people: 1 }]
const limits = (change: object) => ({
  limits: { ...startPolicy.limits, inTotal: { ...startPolicy.limits.inTotal, ...change } },
})
const hours = (change: object) => ({
  businessHours: {
    zone: 'Europe/Berlin',
    weekdays: [1, 2, 3, 4, 5],
    from: '09:00',
    until: '17:00',
    ...change,
  },
})

describe('a policy', () => {
  test('as Desk starts with is valid, also with business hours', () => {
    expect(policyProblems(startPolicy)).toEqual([])
    expect(policyProblems({ ...startPolicy, ...hours({}) })).toEqual([])
    expect(policyProblems({ ...startPolicy, ...hours({ until: '24:00' }) })).toEqual([])
  })

  test.each<[string, string, object]>([
    ['without a band', 'bands', { bands: [] }],
    ['whose last band ends', 'bands.0.upToCents', { bands: [{ upToCents: 500, approvers: one }] }],
    [
      'with an open band that is not the last',
      'bands.0.upToCents',
      { bands: [startPolicy.bands[1], startPolicy.bands[1]] },
    ],
    [
      'whose bands do not ascend',
      'bands.1.upToCents',
      { bands: [startPolicy.bands[0], startPolicy.bands[0], startPolicy.bands[1]] },
    ],
    [
      'with a band that asks for nobody',
      'bands.0.approvers',
      { bands: [{ upToCents: null, approvers: [] }] },
    ],
    [
      'that asks for no people of a role',
      'bands.0.approvers.0.people',
      { bands: [{ upToCents: null, approvers: [{ role: 'approver', people: 0 }] }] },
    ],
    [
      'that asks for one and a half',
      'bands.0.approvers.0.people',
      { bands: [{ upToCents: null, approvers: [{ role: 'approver', people: 1.5 }] }] },
    ],
    [
      'that asks for people who may not approve',
      'bands.0.approvers.0.role',
      { bands: [{ upToCents: null, approvers: [{ role: 'finance', people: 1 }] }] },
    ],
    [
      'that names a role twice',
      'bands.0.approvers',
      { bands: [{ upToCents: null, approvers: [...one, ...one] }] },
    ],
    [
      'with a band above what can be asked for',
      'bands.0.upToCents',
      { bands: [{ upToCents: 100_000_000, approvers: one }, startPolicy.bands[1]] },
    ],
    ['with a limit of half a cent', 'limits.inTotal.perDayCents', limits({ perDayCents: 500.5 })],
    ['with a limit of nothing', 'limits.inTotal.perDayCents', limits({ perDayCents: 0 })],
    [
      'whose day allows less than a withdrawal',
      'limits.inTotal.perDayCents',
      limits({ perDayCents: 500, perWithdrawalCents: 501 }),
    ],
    [
      'whose week allows less than a day',
      'limits.inTotal.perWeekCents',
      limits({ perDayCents: 500, perWeekCents: 499 }),
    ],
    ['that expires before cooling-off ends', 'coolingOffHours', { coolingOffHours: 72 }],
    ['that expires in half an hour', 'expiryHours', { coolingOffHours: 0, expiryHours: 0.5 }],
    ['that never expires', 'expiryHours', { expiryHours: 24 * 365 }],
    ['in no known zone', 'businessHours.zone', hours({ zone: 'Europe/Atlantis' })],
    ['without weekdays', 'businessHours.weekdays', hours({ weekdays: [] })],
    ['with an eighth day', 'businessHours.weekdays.0', hours({ weekdays: [8] })],
    ['with a Monday twice', 'businessHours.weekdays', hours({ weekdays: [1, 1] })],
    ['that opens at 9', 'businessHours.from', hours({ from: '9:00' })],
    ['that closes when it opens', 'businessHours.until', hours({ until: '09:00' })],
    ['that warns of less than nothing', 'lowBalanceCents', { lowBalanceCents: 0 }],
    ['with a rule nobody knows', '', { mayApproveOwn: true }],
  ])('%s is refused, by the name of the field', (_, field, change) => {
    const problems = policyProblems({ ...startPolicy, ...change })
    expect(problems.map((found) => found.field)).toEqual([field])
    expect(problems[0]?.problem).not.toBe('')
  })

  test('what is no policy at all is refused too', () => {
    for (const strange of [null, undefined, 'policy', [], {}]) {
      expect(policyProblems(strange).length).toBeGreaterThan(0)
    }
  })

  test('puts every amount into exactly one band, its end included', () => {
    fc.assert(
      fc.property(anyPolicy, fc.integer({ min: 100, max: 100_000_000 }), (policy, cents) => {
        const fitting = policy.bands.filter(
          ({ upToCents }, index) =>
            cents > (policy.bands[index - 1]?.upToCents ?? 0) &&
            (upToCents === null || cents <= upToCents),
        )
        const { approvers, upToCents } = bandFor(policy, cents)
        expect(fitting).toEqual([{ approvers, upToCents }])
      }),
    )
    expect([500_000, 500_001].map((cents) => bandFor(startPolicy, cents).aboveCents)).toEqual([
      null,
      500_000,
    ])
  })

  test('says its bands in words', () => {
    const [low, high] = [1, 500_001].map((cents) => bandFor(startPolicy, cents))
    expect(low && bandText(low)).toBe('Up to $5,000.00')
    expect(high && bandText(high)).toBe('Above $5,000.00')
    expect(high && approversText(high.approvers)).toBe('1 approver and 1 admin')
    expect(approversText([{ role: 'admin', people: 2 }])).toBe('2 admins')
  })
})
