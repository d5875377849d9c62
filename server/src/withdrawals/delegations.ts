import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { permits } from '@desk/shared/identity/permissions'
import type { NamedVotingPerson } from '@desk/shared/withdrawals/dead-locks'
import type { delegateInput } from '@desk/shared/withdrawals/policy-input-schema'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ByPerson } from './address-book.ts'
import { endBlock } from './delegations.queries.ts'
import { readVotingPeople } from './voting-people.queries.ts'

/** What changing delegations works with. */
export interface DelegationCall {
  readonly db: Db
  readonly by: ByPerson
}

/**
 * Lets somebody vote in the caller's place for a while; never before now. Refuses with `delegate_unknown`,
 * `delegate_may_not`, `delegation_over` and `delegated_already`.
 */
export async function delegate(
  { db, by }: DelegationCall,
  { toUserId, ...times }: z.infer<typeof delegateInput>,
): Promise<{ readonly id: string }> {
  const id = randomUUID()
  const from = by.actor.userId
  const startsAt = new Date(Math.max(Date.parse(times.startsAt), by.at.getTime()))
  const endsAt = new Date(times.endsAt)
  if (endsAt <= startsAt) {
    throw new Refusal('invalid', 'delegation_over', 'This would be over already. Give a later end.')
  }
  await db.transaction().execute(async (trx) => {
    const people = await readVotingPeople(trx, [from, toUserId])
    const delegator = people.find(({ userId }) => userId === from)
    const stand = people.find(({ userId }) => userId === toUserId)
    if (!stand?.isActive || !delegator) {
      throw new Refusal('invalid', 'delegate_unknown', 'There is nobody like this in the team.')
    }
    const block = standBlock(delegator, stand)
    if (block !== null) throw new Refusal('invalid', 'delegate_may_not', block)
    await refuseOverlap(trx, { from, to: toUserId, startsAt, endsAt })
    await trx
      .insertInto('approval_delegation')
      .values({
        id,
        from_user_id: from,
        to_user_id: toUserId,
        starts_at: startsAt,
        ends_at: endsAt,
        made_by: from,
        made_at: by.at,
      })
      .execute()
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    await recordAudit(trx, by, {
      action: 'delegation.make',
      subject: { kind: 'delegation', id, label: stand.name },
      after: {
        from,
        to: toUserId,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      },
    })
  })
  return { id }
}

/** Why somebody cannot vote in another's place, in words for the one who lets them; null where they can. */
export function standBlock(from: NamedVotingPerson, to: NamedVotingPerson): string | null {
  if (from.holder === to.holder) return 'This is you: choose somebody else.'
  if (!to.isActive) return `${to.name} is not active any more.`
  if (to.roles.length === 0 || !permits(to.roles, 'withdrawals:approve')) {
    return `${to.name} may not approve withdrawals. Choose an approver or an admin.`
  }
  return null
}

/** The rows of the delegator are written by them alone, so it is enough to hold their own. */
async function refuseOverlap(
  trx: Trx,
  asked: {
    readonly from: string
    readonly to: string
    readonly startsAt: Date
    readonly endsAt: Date
  },
): Promise<void> {
  await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', asked.from)
    .forNoKeyUpdate()
    .execute()
  const overlapping = await trx
    .selectFrom('approval_delegation')
    .select('id')
    .where('from_user_id', '=', asked.from)
    .where('to_user_id', '=', asked.to)
    .where('ended_at', 'is', null)
    .where('starts_at', '<', asked.endsAt)
    .where('ends_at', '>', asked.startsAt)
    .executeTakeFirst()
  if (!overlapping) return
  throw new Refusal(
    'conflict',
    'delegated_already',
    'They may approve in your place for some of this time already. End that first, or choose other days.',
  )
}

/**
 * Ends one before its time; votes that were given until now count on. For both of the two, and for admins.
 * Refuses with `delegation_unknown`, `delegation_ended` and `delegation_not_yours`.
 */
export async function endDelegation(
  { db, by }: { readonly db: Db; readonly by: ByPerson & { readonly actor: Actor } },
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const found = await trx
      .selectFrom('approval_delegation as delegation')
      .innerJoin('person as stand', 'stand.id', 'delegation.to_user_id')
      .select([
        'delegation.from_user_id as from',
        'delegation.to_user_id as to',
        'delegation.ends_at as endsAt',
        'delegation.ended_at as endedAt',
        'stand.name',
      ])
      .where('delegation.id', '=', id)
      .forUpdate('delegation')
      .executeTakeFirst()
    if (!found) {
      throw new Refusal('not_found', 'delegation_unknown', 'There is no such delegation.')
    }
    if (found.endedAt !== null || found.endsAt <= by.at) {
      throw new Refusal('conflict', 'delegation_ended', 'It is over already.')
    }
    const block = endBlock(found, by.actor)
    if (block !== null) throw new Refusal('forbidden', 'delegation_not_yours', block)
    await trx
      .updateTable('approval_delegation')
      .set({ ended_at: by.at })
      .where('id', '=', id)
      .execute()
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    await recordAudit(trx, by, {
      action: 'delegation.end',
      subject: { kind: 'delegation', id, label: found.name },
    })
  })
}

/** Ends what somebody gave or holds, since they may not approve any more. Answers the two names of each. */
export async function endDelegationsOf(
  trx: Trx,
  userId: string,
  { by, because }: { readonly by: Attribution; readonly because: string },
): Promise<readonly { readonly from: string; readonly to: string }[]> {
  const ended = await trx
    .updateTable('approval_delegation as delegation')
    .set({ ended_at: by.at })
    .from(['person as giver', 'person as stand'])
    .whereRef('giver.id', '=', 'delegation.from_user_id')
    .whereRef('stand.id', '=', 'delegation.to_user_id')
    .where((eb) =>
      eb.or([eb('delegation.from_user_id', '=', userId), eb('delegation.to_user_id', '=', userId)]),
    )
    .where('delegation.ended_at', 'is', null)
    .where('delegation.ends_at', '>', by.at)
    .returning(['delegation.id', 'giver.name as from', 'stand.name as to'])
    .execute()
  if (ended.length > 0) await publish(trx, { kind: 'withdrawals.changed', requestId: null })
  for (const { id, to } of ended) {
    await recordAudit(trx, by, {
      action: 'delegation.end',
      subject: { kind: 'delegation', id, label: to },
      reason: because,
    })
  }
  return ended
}
