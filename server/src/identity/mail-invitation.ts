import { roleText } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import type { Mail, Mailer } from '../mail/mailer.ts'
import type { InvitationLinks } from './invitation-link.ts'
import { findInvitation, type Invitation, markMailed } from './invitations.queries.ts'

export interface InvitationPost {
  readonly db: Db
  readonly links: Pick<InvitationLinks, 'linkOf'>
  readonly mailer: Pick<Mailer, 'send'>
  readonly now: () => Date
}

/** Takes the link to whom it is for; what was withdrawn or used, or ran out, meanwhile stays unsent. */
export async function mailInvitation(post: InvitationPost, id: string): Promise<void> {
  const { db, links, mailer, now } = post
  const invitation = await findInvitation(db, id)
  if (!invitation || invitation.email === null) return
  if (invitation.acceptedAt !== null || invitation.voidedAt !== null) return
  if (invitation.expiresAt <= now()) return
  await mailer.send({ to: invitation.email, ...letterOf(invitation, links.linkOf(id)) })
  await markMailed(db, id, now())
}

function letterOf(invitation: Invitation, link: string): Omit<Mail, 'to'> {
  const roles = invitation.roles.map((held) => roleText[held].label).join(', ')
  const hello = `Hello ${invitation.name ?? ''},`
  const what = `you are invited to SpacePay Desk as ${roles}.`
  const care =
    `The link works once, until ${invitation.expiresAt.toUTCString()}. Do not pass it on: whoever ` +
    'opens it first is you. If you did not expect this mail, leave the link alone.'
  const href = escaped(link)
  return {
    subject: 'You are invited to SpacePay Desk',
    text: `${hello}\n\n${what} Open this link to join:\n\n${link}\n\n${care}\n`,
    html: [
      `<p>${escaped(hello)}</p>`,
      `<p>${escaped(what)}</p>`,
      `<p><a href="${href}">Join SpacePay Desk</a></p>`,
      `<p>Or open this address: ${href}</p>`,
      `<p>${escaped(care)}</p>`,
    ].join('\n'),
  }
}

/** Names are what somebody typed. */
function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
