import type { UserId } from '@desk/shared/identity/session'
import { holderOf } from '@desk/shared/identity/team'
import { Refusal } from '../kernel/refusal.ts'
import { changePerson, type TeamCall } from './change-person.ts'
import { findTeamPerson, markSamePerson } from './team.queries.ts'

/**
 * Says that an account is another one of the human who has `sameAs`, or with null that it is nobody else's.
 * From then on the two count as one person wherever several people must agree. Refuses with
 * `person_unknown`, `own_account` and `same_account`.
 */
export async function tieAccounts(
  call: TeamCall,
  { userId, sameAs }: { readonly userId: UserId; readonly sameAs: UserId | null },
): Promise<void> {
  await changePerson(call, userId, async (trx, person) => {
    const other = sameAs === null ? null : await findTeamPerson(trx, sameAs)
    if (other === undefined) {
      throw new Refusal('not_found', 'person_unknown', 'There is nobody like this in the team.')
    }
    const first = other === null ? null : holderOf(other)
    if (first === person.userId) {
      const message = 'The two are accounts of one person already.'
      throw new Refusal('conflict', 'same_account', message)
    }
    await markSamePerson(trx, userId, first)
    return {
      result: undefined,
      entry: {
        action: 'person.mark_same',
        before: { sameAs: person.sameAs?.name ?? null },
        after: { sameAs: other?.name ?? null },
      },
    }
  })
}
