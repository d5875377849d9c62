import { permits } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import type { PendingWork } from '@desk/shared/identity/team'
import { votingRoles } from '@desk/shared/withdrawals/policy-schema'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { LeaverDuty } from '../kernel/leaver-duty.ts'
import { endDelegationsOf } from './delegations.ts'
import { requestName, type StoredRequest } from './request-store.ts'
import { voidVotesOf } from './void-votes.ts'

/** Approvals that somebody gave to withdrawals that have not left, and whose place they take or let take. */
export const approvalsGiven: LeaverDuty = {
  pending: async (db, userId) => {
    const rows = await db
      .selectFrom('withdrawal_vote as vote')
      .innerJoin('withdrawal_request as request', 'request.id', 'vote.request_id')
      .select('request.number')
      .where((eb) => eb.or([eb('vote.voter', '=', userId), eb('vote.on_behalf_of', '=', userId)]))
      .where('vote.voided_at', 'is', null)
      .where('request.state', 'in', ['pending_approval', 'approved'])
      .orderBy('request.number')
      .execute()
    return [...rows.map(inWords), ...(await delegationsOf(db, userId)).map(delegationInWords)]
  },

  release: async (trx, userId, by) => {
    const because = 'Who approved it has left.'
    const voided = await voidVotesOf(trx, userId, { by, because })
    const ended = await endDelegationsOf(trx, userId, { by, because: 'One of the two has left.' })
    return [...voided.map(inWords), ...ended.map(delegationInWords)]
  },

  rolesChanged: async (trx, { userId, before, after }, by) => {
    const isLost = (role: Role) => before.includes(role) && !after.includes(role)
    if (!votingRoles.some(isLost)) return
    await voidVotesOf(trx, userId, { by, because: 'Who approved it lost the role for it.' })
    if (after.length > 0 && permits(after, 'withdrawals:approve')) return
    await endDelegationsOf(trx, userId, {
      by,
      because: 'One of the two may not approve any more.',
    })
  },
}

/** Those that hold or are to come, with who stands in. */
async function delegationsOf(db: Db, userId: string): Promise<readonly Delegated[]> {
  return db
    .selectFrom('approval_delegation as delegation')
    .innerJoin('person as giver', 'giver.id', 'delegation.from_user_id')
    .innerJoin('person as stand', 'stand.id', 'delegation.to_user_id')
    .select(['giver.name as from', 'stand.name as to'])
    .where((eb) =>
      eb.or([eb('delegation.from_user_id', '=', userId), eb('delegation.to_user_id', '=', userId)]),
    )
    .where('delegation.ended_at', 'is', null)
    .where('delegation.ends_at', '>', sql<Date>`now()`)
    .orderBy('delegation.id')
    .execute()
}

interface Delegated {
  readonly from: string
  readonly to: string
}

function delegationInWords({ from, to }: Delegated): PendingWork {
  return { kind: 'delegation', label: `${to} in place of ${from}` }
}

function inWords({ number }: Pick<StoredRequest, 'number'>): PendingWork {
  return { kind: 'approval', label: requestName(number) }
}
