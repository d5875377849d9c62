import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { InvitationLinks } from './invitation-link.ts'
import { findOpenSetup, insertInvitation, voidInvitation } from './invitations.queries.ts'
import { hasAdminWithWayIn, lockPeople } from './people.queries.ts'

const SETUP_MS = 24 * 3_600_000

/**
 * The link that makes the first admin, or null where there is one with a way in. The same for every Desk
 * and every start until it is used; after a day a new one takes its place.
 */
export async function firstAdminLink(
  db: Db,
  desk: { readonly links: Pick<InvitationLinks, 'linkOf'>; readonly hasSingleSignOn: boolean },
  at: Date,
): Promise<string | null> {
  const { links } = desk
  return db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    if (await hasAdminWithWayIn(trx, desk)) return null
    const open = await findOpenSetup(trx)
    if (open && open.expiresAt > at) return links.linkOf(open.id)
    if (open) await voidInvitation(trx, open.id, { because: 'expired', at })
    const id = await insertInvitation(trx, {
      kind: 'setup',
      email: null,
      name: null,
      roles: ['admin'],
      invitedBy: null,
      at,
      expiresAt: new Date(at.getTime() + SETUP_MS),
    })
    if (id === null) throw new Error('A set-up link exists although none was found.')
    await recordAudit(
      trx,
      { actor: null, address: null, requestId: null, at },
      {
        action: 'person.invite',
        subject: { kind: 'invitation', id, label: 'the first admin' },
        after: { roles: ['admin'], by: 'log' },
      },
    )
    return links.linkOf(id)
  })
}
