import type { PendingWork } from '@desk/shared/identity/team'
import type { LeaverDuty } from '../kernel/leaver-duty.ts'
import { findOpenInvitationsBy, voidInvitation } from './invitations.queries.ts'

/** Invitations that somebody sent and nobody accepted. */
export const invitationsSent: LeaverDuty = {
  pending: async (db, userId) => (await findOpenInvitationsBy(db, userId)).map(inWords),

  async release(trx, userId, by) {
    const open = await findOpenInvitationsBy(trx, userId)
    for (const { id } of open) await voidInvitation(trx, id, { because: 'sender left', at: by.at })
    return open.map(inWords)
  },
}

function inWords({ email }: { readonly email: string | null }): PendingWork {
  return { kind: 'invitation', label: email ?? 'the first admin' }
}
