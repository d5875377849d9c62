import * as fc from 'fast-check'
import type { PolicyLimits, WithdrawalPolicy } from './policy.ts'
import { votingRoles, withdrawalPolicy } from './policy-schema.ts'

/** The policy that Desk starts with. */
export const startPolicy: WithdrawalPolicy = withdrawalPolicy.parse({
  bands: [
    { upToCents: 500_000, approvers: [{ role: 'approver', people: 1 }] },
    {
      upToCents: null,
      approvers: [
        { role: 'approver', people: 1 },
        { role: 'admin', people: 1 },
      ],
    },
  ],
  limits: {
    byPerson: { perWithdrawalCents: null, perDayCents: null, perWeekCents: null },
    inTotal: { perWithdrawalCents: null, perDayCents: 5_000_000, perWeekCents: 15_000_000 },
  },
  coolingOffHours: 24,
  businessHours: null,
  expiryHours: 72,
  duplicateWindowHours: 72,
  lowBalanceCents: 100_000,
  repeatsWithSameKey: false,
})

const anyApprovers = fc
  .subarray([...votingRoles], { minLength: 1 })
  .chain((roles) =>
    fc.tuple(
      ...roles.map((role) =>
        fc.record({ role: fc.constant(role), people: fc.integer({ min: 1, max: 3 }) }),
      ),
    ),
  )

export const anyLimits: fc.Arbitrary<PolicyLimits> = fc
  .tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 100, max: 3_000_000 })))
  .chain((drawn) => {
    const [one, day, week] = drawn.toSorted((left, right) => left - right)
    return fc.record({
      perWithdrawalCents: fc.option(fc.constant(one)),
      perDayCents: fc.option(fc.constant(day)),
      perWeekCents: fc.option(fc.constant(week)),
    })
  })
  .map((limits) => withdrawalPolicy.shape.limits.shape.inTotal.parse(limits))

/** Any valid policy. */
export const anyPolicy: fc.Arbitrary<WithdrawalPolicy> = fc
  .record({
    ends: fc.uniqueArray(fc.integer({ min: 100, max: 2_000_000 }), { maxLength: 3 }),
    approvers: fc.array(anyApprovers, { minLength: 4, maxLength: 4 }),
    byPerson: anyLimits,
    inTotal: anyLimits,
    expiryHours: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ ends, approvers, byPerson, inTotal, expiryHours }) => {
    const ascending = [...ends.toSorted((left, right) => left - right), null]
    return withdrawalPolicy.parse({
      ...startPolicy,
      bands: ascending.map((upToCents, index) => ({ upToCents, approvers: approvers[index] })),
      limits: { byPerson, inTotal },
      coolingOffHours: 0,
      expiryHours,
    })
  })
