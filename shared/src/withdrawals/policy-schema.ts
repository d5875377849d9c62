import * as z from 'zod/mini'
import { permits } from '../identity/permissions.ts'
import { roles } from '../identity/roles.ts'
import { amountCents } from '../money/amount-cents-schema.ts'
import { formatCents } from '../money/amount-cents.ts'
import { isZone } from '../time/time-zone.ts'
import type { WithdrawalPolicy } from './policy.ts'
import { requestLimitsCents } from './request-amount.ts'

/** Whose votes can count at all. */
export const votingRoles = roles.filter((role) => permits([role], 'withdrawals:approve'))

const BANDS_MAX = 10
const PEOPLE_MAX = 5
const CENTS_MAX = 1_000_000_000_000
const HOURS_MAX = 24 * 90

const { min, max } = requestLimitsCents
const limit = z.nullable(
  amountCents.check(
    z.minimum(min, `A limit is at least ${formatCents(min)}; leave it empty for none.`),
    z.maximum(CENTS_MAX, `A limit is at most ${formatCents(CENTS_MAX)}; leave it empty for none.`),
  ),
)
const hours = (least: number) =>
  z
    .int('Give whole hours.')
    .check(
      z.minimum(least, `Give at least ${least === 1 ? '1 hour' : `${least} hours`}.`),
      z.maximum(HOURS_MAX, `Give at most ${HOURS_MAX} hours.`),
    )
const time = z.string().check(z.refine(isTime, 'Give a time such as 09:00.'))

const approvers = z
  .array(
    z.strictObject({
      role: z
        .enum(roles)
        .check(
          z.refine((role) => votingRoles.includes(role), 'Nobody with this role may approve.'),
        ),
      people: z
        .int('Give a whole number of people.')
        .check(
          z.minimum(1, 'Ask for at least one person.'),
          z.maximum(PEOPLE_MAX, `Ask for at most ${PEOPLE_MAX} people.`),
        ),
    }),
  )
  .check(
    z.minLength(1, 'Every band asks for at least one person.'),
    z.maxLength(votingRoles.length, 'Each role can stand once.'),
    z.refine((list) => isEachOnce(list.map(({ role }) => role)), 'Each role can stand once.'),
  )

const band = z.strictObject({
  upToCents: z.nullable(
    amountCents.check(
      z.minimum(min, `No withdrawal is below ${formatCents(min)}.`),
      z.maximum(max - 1, `No withdrawal is above ${formatCents(max)}: leave the last band open.`),
    ),
  ),
  approvers,
})

const bands = z
  .array(band)
  .check(
    z.minLength(1, 'A policy has at least one band.'),
    z.maxLength(BANDS_MAX, `A policy has at most ${BANDS_MAX} bands.`),
    (read) => {
      read.value.forEach(({ upToCents }, index) => {
        const problem = endProblem(read.value, index)
        if (problem !== null) {
          const path = [index, 'upToCents']
          read.issues.push({ code: 'custom', message: problem, path, input: upToCents })
        }
      })
    },
  )

/** Why a band cannot end where it does; every amount must fall into exactly one. */
function endProblem(
  list: readonly { readonly upToCents: number | null }[],
  index: number,
): string | null {
  const end = list[index]?.upToCents ?? null
  const isLast = index === list.length - 1
  if (isLast)
    return end === null ? null : 'The last band has no end, so that no amount is without one.'
  if (end === null) return 'Only the last band has no end.'
  const before = list[index - 1]?.upToCents ?? null
  return before === null || before < end
    ? null
    : 'This must end above where the band before it ends.'
}

const limits = z
  .strictObject({ perWithdrawalCents: limit, perDayCents: limit, perWeekCents: limit })
  .check(
    z.refine(({ perWithdrawalCents, perDayCents }) => isAtMost(perWithdrawalCents, perDayCents), {
      path: ['perDayCents'],
      error: 'The limit of a day is below the one of a withdrawal.',
    }),
    z.refine(({ perWithdrawalCents, perWeekCents }) => isAtMost(perWithdrawalCents, perWeekCents), {
      path: ['perWeekCents'],
      error: 'The limit of a week is below the one of a withdrawal.',
    }),
    z.refine(({ perDayCents, perWeekCents }) => isAtMost(perDayCents, perWeekCents), {
      path: ['perWeekCents'],
      error: 'The limit of a week is below the one of a day.',
    }),
  )

function isAtMost(smaller: number | null, larger: number | null): boolean {
  return smaller === null || larger === null || smaller <= larger
}

const businessHours = z
  .strictObject({
    zone: z
      .string()
      .check(z.maxLength(64), z.refine(isZone, 'This is no time zone, such as Europe/Berlin.')),
    weekdays: z
      .array(z.int().check(z.minimum(1), z.maximum(7)))
      .check(
        z.minLength(1, 'Choose at least one day.'),
        z.refine(isEachOnce, 'Each day can stand once.'),
      ),
    from: time,
    until: time,
  })
  .check(
    z.refine(({ from, until }) => !isTime(from) || !isTime(until) || from < until, {
      path: ['until'],
      error: 'This must be later than when they begin.',
    }),
  )

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text)
}

function isEachOnce(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length
}

/** A policy that can be proposed: every amount falls into one band, which asks for at least one person. */
export const withdrawalPolicy = z
  .strictObject({
    bands,
    limits: z.strictObject({ byPerson: limits, inTotal: limits }),
    coolingOffHours: hours(0),
    businessHours: z.nullable(businessHours),
    expiryHours: hours(1),
    duplicateWindowHours: hours(0),
    lowBalanceCents: z.nullable(
      amountCents.check(
        z.minimum(1, 'Give an amount above zero; leave it empty for no warning.'),
        z.maximum(CENTS_MAX),
      ),
    ),
    repeatsWithSameKey: z.boolean(),
  })
  .check(
    z.refine(({ coolingOffHours, expiryHours }) => coolingOffHours < expiryHours, {
      path: ['coolingOffHours'],
      error: 'Requests to a new destination would expire before its cooling-off ends.',
    }),
  ) satisfies z.ZodMiniType<WithdrawalPolicy>

/** What is wrong with a policy, by the name of the field, such as `bands.0.upToCents`; empty for a valid one. */
export function policyProblems(
  policy: unknown,
): readonly { readonly field: string; readonly problem: string }[] {
  const read = withdrawalPolicy.safeParse(policy)
  if (read.success) return []
  return read.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    problem: message,
  }))
}
