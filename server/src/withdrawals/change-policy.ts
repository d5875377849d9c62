import * as z from 'zod'
import type {
  decidePolicyInput,
  proposePolicyInput,
} from '@desk/shared/withdrawals/policy-input-schema'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { isDeepStrictEqual } from 'node:util'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ByPerson } from './address-book.ts'
import { areOnePerson } from '../kernel/same-person.queries.ts'
import { holdLimits } from './submit-request.ts'
import { voidForPolicy } from './void-votes.ts'

/** What changing the policy works with. */
export interface PolicyCall {
  readonly db: Db
  readonly by: ByPerson
}

/**
 * Puts another policy before a second person. One at a time: it is always clear what a decision changes.
 * Refuses with `policy_changed`, `policy_proposed_already` and `policy_unchanged`.
 */
export async function proposePolicy(
  { db, by }: PolicyCall,
  { policy, note, basedOn }: z.infer<typeof proposePolicyInput>,
): Promise<{ readonly version: number }> {
  return db.transaction().execute(async (trx) => {
    const { active, proposed, last } = await lockPolicies(trx)
    if (active.version !== basedOn) throw policyChanged()
    if (proposed) {
      throw new Refusal(
        'conflict',
        'policy_proposed_already',
        'Another change waits for a decision. Decide on it, or take it back, before you propose one.',
      )
    }
    if (isDeepStrictEqual(active.policy, policy)) {
      throw new Refusal('invalid', 'policy_unchanged', 'This is the policy as it is already.')
    }
    const version = last + 1
    await trx
      .insertInto('withdrawal_policy')
      .values({
        version,
        content: JSON.stringify(policy),
        note,
        state: 'proposed',
        proposed_by: by.actor.userId,
        proposed_at: by.at,
      })
      .execute()
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    await recordAudit(trx, by, {
      action: 'withdrawal_policy.propose',
      subject: subjectOf(version),
      reason: note,
      before: active.policy,
      after: policy,
    })
    return { version }
  })
}

/**
 * Lets a proposed policy come into force, or refuses it. What waits under the one before goes back to whoever
 * asked, in the same transaction. Refuses with `policy_changed` and, for who proposed it, `own_policy`.
 */
export async function decidePolicy(
  { db, by }: PolicyCall,
  input: z.infer<typeof decidePolicyInput>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // What is submitted meanwhile is submitted under the new one.
    await holdLimits(trx)
    const { active, proposed } = await lockPolicies(trx)
    if (proposed?.version !== input.version) throw policyChanged()
    const block = await decideBlock(trx, proposed, by.actor.userId)
    if (block !== null) throw new Refusal('forbidden', 'own_policy', block)
    const note = input.decision === 'refuse' ? input.note : null
    const isActivated = input.decision === 'activate'
    if (isActivated) await setState(trx, active.version, { state: 'superseded' })
    await setState(trx, proposed.version, {
      state: isActivated ? 'active' : 'refused',
      decided_by: by.actor.userId,
      decided_at: by.at,
      decision_note: note,
    })
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    if (isActivated) await voidForPolicy(trx, by)
    await recordAudit(trx, by, {
      action: 'withdrawal_policy.decide',
      subject: subjectOf(proposed.version),
      ...(note !== null && { reason: note }),
      before: { state: 'proposed', activeVersion: active.version },
      after: { state: isActivated ? 'active' : 'refused' },
    })
  })
}

/** For who proposed it. Refuses with `policy_changed`, and others with `policy_not_yours`. */
export async function takeBackPolicy(
  { db, by }: PolicyCall,
  { version }: { readonly version: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { proposed } = await lockPolicies(trx)
    if (proposed?.version !== version) throw policyChanged()
    const block = takeBackBlock(proposed, by.actor.userId)
    if (block !== null) throw new Refusal('forbidden', 'policy_not_yours', block)
    await setState(trx, version, {
      state: 'taken_back',
      decided_by: by.actor.userId,
      decided_at: by.at,
    })
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    await recordAudit(trx, by, {
      action: 'withdrawal_policy.take_back',
      subject: subjectOf(version),
    })
  })
}

interface Proposed {
  readonly proposedBy: string | null
}

/** Why this person may not decide on a proposed policy, in words for them; null where they may. */
export async function decideBlock(
  db: Db,
  { proposedBy }: Proposed,
  viewer: string,
): Promise<string | null> {
  return proposedBy !== null && (await areOnePerson(db, proposedBy, viewer))
    ? 'You proposed this change, so somebody else must decide on it.'
    : null
}

export function takeBackBlock({ proposedBy }: Proposed, viewer: string): string | null {
  return proposedBy === viewer ? null : 'Only who proposed it can take it back. You can refuse it.'
}

/** All that live, held until the end of the transaction: one change to the policy at a time. */
async function lockPolicies(trx: Trx) {
  // Held first by itself: what another transaction made of it is only seen by a later statement.
  await trx
    .selectFrom('withdrawal_policy')
    .select('version')
    .where('version', '=', 1)
    // No more than that: a vote under this version holds its key, and a request that this waits for later on.
    .forNoKeyUpdate()
    .execute()
  const rows = await trx
    .selectFrom('withdrawal_policy')
    .select(['version', 'state', 'content', 'proposed_by as proposedBy'])
    .where('state', 'in', ['active', 'proposed'])
    .execute()
  const { last } = await trx
    .selectFrom('withdrawal_policy')
    .select((eb) => eb.fn.max('version').as('last'))
    .executeTakeFirstOrThrow()
  const active = rows.find(({ state }) => state === 'active')
  if (!active) throw new Error('There is no active withdrawal policy.')
  const policy: WithdrawalPolicy = withdrawalPolicy.parse(active.content)
  return {
    active: { version: active.version, policy },
    proposed: rows.find(({ state }) => state === 'proposed') ?? null,
    last: z.number().parse(last),
  }
}

async function setState(
  trx: Trx,
  version: number,
  set: {
    readonly state: 'active' | 'superseded' | 'refused' | 'taken_back'
    readonly decided_by?: string
    readonly decided_at?: Date
    readonly decision_note?: string | null
  },
): Promise<void> {
  await trx.updateTable('withdrawal_policy').set(set).where('version', '=', version).execute()
}

function policyChanged(): Refusal {
  return new Refusal(
    'conflict',
    'policy_changed',
    'The policy was changed meanwhile. Look at it again before you decide.',
  )
}

function subjectOf(version: number) {
  return {
    kind: 'withdrawal_policy',
    id: String(version),
    label: `Version ${version}`,
  } as const
}
