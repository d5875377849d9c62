import type { Role } from '@desk/shared/identity/roles'
import type { PendingWork } from '@desk/shared/identity/team'
import { votingRoles } from '@desk/shared/withdrawals/policy-schema'
import type { LeaverDuty } from '../kernel/leaver-duty.ts'
import { requestName, type StoredRequest } from './request-store.ts'
import { voidVotesOf } from './void-votes.ts'

/** Approvals that somebody gave to withdrawals that have not left. */
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
    return rows.map(inWords)
  },

  release: async (trx, userId, by) => {
    const because = 'Who approved it has left.'
    return (await voidVotesOf(trx, userId, { by, because })).map(inWords)
  },

  rolesChanged: async (trx, { userId, before, after }, by) => {
    const isLost = (role: Role) => before.includes(role) && !after.includes(role)
    if (!votingRoles.some(isLost)) return
    await voidVotesOf(trx, userId, { by, because: 'Who approved it lost the role for it.' })
  },
}

function inWords({ number }: Pick<StoredRequest, 'number'>): PendingWork {
  return { kind: 'approval', label: requestName(number) }
}
