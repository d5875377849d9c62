import * as z from 'zod/mini'
import { userId } from '../identity/session.ts'
import { withdrawalPolicy } from './policy-schema.ts'
import { policyVersion } from './request-content-schema.ts'
import { linesOfText, reasonText } from './request-text-schema.ts'

const NOTE_MAX = 500

export const proposePolicyInput = z.object({
  policy: withdrawalPolicy,
  /** What changes and why, for the one who decides. */
  note: linesOfText('The note', NOTE_MAX),
  /** The active version that was on the screen, so that nobody undoes what they did not see. */
  basedOn: policyVersion,
})

export const decidePolicyInput = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('activate'), version: policyVersion }),
  z.object({ decision: z.literal('refuse'), version: policyVersion, note: reasonText }),
])

export const takeBackPolicyInput = z.object({ version: policyVersion })
export const rehearsePolicyInput = z.object({ policy: withdrawalPolicy })

/** Stopping every withdrawal, and letting them go again. */
export const stopInput = z.object({ reason: reasonText })

const DELEGATION_DAYS_MAX = 90
const instant = z.iso.datetime()

export const delegateInput = z
  .object({ toUserId: userId, startsAt: instant, endsAt: instant })
  .check(
    z.refine(({ startsAt, endsAt }) => Date.parse(startsAt) < Date.parse(endsAt), {
      path: ['endsAt'],
      error: 'It must end after it begins.',
    }),
    z.refine(
      ({ startsAt, endsAt }) =>
        Date.parse(endsAt) - Date.parse(startsAt) <= DELEGATION_DAYS_MAX * 86_400_000,
      { path: ['endsAt'], error: `It can last for at most ${DELEGATION_DAYS_MAX} days.` },
    ),
  )

export const endDelegationInput = z.object({
  id: z.string().check(z.regex(/^[-0-9A-Za-z_]{1,64}$/, 'is no delegation')),
})
