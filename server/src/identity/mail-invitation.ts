import { roleText } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { InvitationLinks } from './invitation-link.ts'
import { findInvitation, markMailed } from './invitations.queries.ts'

export interface InvitationPost {
  readonly db: Db
  readonly links: Pick<InvitationLinks, 'linkOf'>
  readonly mailer: Pick<Mailer, 'send'>
  readonly now: () => Date
}

/** Takes the link to whom it is for; what was withdrawn or used meanwhile stays unsent. */
export async function mailInvitation(post: InvitationPost, id: string): Promise<void> {
  const { db, links, mailer, now } = post
  const invitation = await findInvitation(db, id)
  if (!invitation || invitation.email === null) return
  if (invitation.acceptedAt !== null || invitation.voidedAt !== null) return
  const roles = invitation.roles.map((held) => roleText[held].label).join(', ')
  await mailer.send({
    to: invitation.email,
    subject: 'You are invited to SpacePay Desk',
    text:
      `Hello ${invitation.name ?? ''},\n\n` +
      `you are invited to SpacePay Desk as ${roles}. Open this link to choose a password:\n\n` +
      `${links.linkOf(id)}\n\n` +
      `It works once, until ${invitation.expiresAt.toUTCString()}. Do not pass it on: whoever opens it ` +
      'first is you. If you did not expect this mail, leave the link alone.\n',
  })
  await markMailed(db, id, now())
}
