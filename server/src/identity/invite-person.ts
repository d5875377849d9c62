import type * as z from 'zod'
import type { inviteInput } from '@desk/shared/identity/invitation'
import type { Role } from '@desk/shared/identity/roles'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { refuseFormerAdmin } from './change-person.ts'
import type { InvitationLinks } from './invitation-link.ts'
import { insertInvitation, voidInvitation } from './invitations.queries.ts'
import { emailKey, findPersonByEmail, lockPeople } from './people.queries.ts'
import { takeAttempt } from './rate-limits.ts'

export const INVITATION_MS = 72 * 3_600_000
const invitationsMax = 50

/** What inviting works with. */
export interface InviteCall {
  readonly db: Db
  readonly actor: Actor
  readonly by: Attribution
  readonly invitations: {
    readonly links: Pick<InvitationLinks, 'linkOf'>
    readonly areMailed: boolean
  }
}

/** `link` is there, this once, where no mail goes out. */
export interface Invited {
  readonly id: string
  readonly link: string | null
  readonly isMailed: boolean
}

/** Refuses with `email_taken` or `already_invited`. */
export async function invitePerson(
  call: InviteCall,
  invited: z.infer<typeof inviteInput>,
): Promise<Invited> {
  const { actor, by } = call
  await refuseTooMany(call)
  return call.db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    await refuseFormerAdmin(trx, actor)
    const email = emailKey(invited.email)
    await refuseTaken(trx, email)
    const id = await insertInvitation(trx, {
      kind: 'invitation',
      email,
      name: invited.name,
      roles: uniqueRoles(invited.roles),
      invitedBy: actor.userId,
      at: by.at,
      expiresAt: new Date(by.at.getTime() + INVITATION_MS),
    })
    if (id === null) {
      const message = `${email} is invited already. Renew that invitation instead.`
      throw new Refusal('conflict', 'already_invited', message)
    }
    return handOver(trx, call, { id, email, name: invited.name, roles: invited.roles })
  })
}

/** Voids the link that is out there and makes another; refuses with `invitation_closed`, `email_taken`. */
export async function renewInvitation(call: InviteCall, id: string): Promise<Invited> {
  const { actor, by } = call
  await refuseTooMany(call)
  return call.db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    await refuseFormerAdmin(trx, actor)
    const old = await voidInvitation(trx, id, { because: 'renewed', at: by.at })
    if (!old || old.email === null || old.name === null) throw closed()
    const { email, name, roles } = old
    await refuseTaken(trx, email)
    const next = await insertInvitation(trx, {
      kind: 'invitation',
      email,
      name,
      roles,
      invitedBy: actor.userId,
      at: by.at,
      expiresAt: new Date(by.at.getTime() + INVITATION_MS),
    })
    if (next === null) throw new Error('The address of a voided invitation is taken.')
    return handOver(trx, call, { id: next, email, name, roles })
  })
}

/** Its link stops working; refuses with `invitation_closed`. */
export async function withdrawInvitation(
  { db, actor, by }: Pick<InviteCall, 'db' | 'actor' | 'by'>,
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    await refuseFormerAdmin(trx, actor)
    const voided = await voidInvitation(trx, id, { because: 'withdrawn', at: by.at })
    if (!voided) throw closed()
    await recordAudit(trx, by, {
      action: 'invitation.void',
      subject: { kind: 'invitation', id, ...(voided.email !== null && { label: voided.email }) },
    })
  })
}

async function handOver(
  trx: Trx,
  { by, invitations }: InviteCall,
  made: {
    readonly id: string
    readonly email: string
    readonly name: string
    readonly roles: readonly Role[]
  },
): Promise<Invited> {
  const { id, email, name, roles } = made
  const { areMailed, links } = invitations
  // The link itself is made again when the mail goes out, so that none lies in the queue.
  if (areMailed) await enqueue(trx, 'invitation.mail', [id])
  await recordAudit(trx, by, {
    action: 'person.invite',
    subject: { kind: 'invitation', id, label: email },
    after: { email, name, roles: uniqueRoles(roles), by: areMailed ? 'mail' : 'link' },
  })
  return { id, link: areMailed ? null : links.linkOf(id), isMailed: areMailed }
}

async function refuseTooMany({ db, actor, by }: InviteCall): Promise<void> {
  const bucket = {
    kind: 'invite',
    of: actor.userId,
    max: invitationsMax,
    onSuccess: 'clear',
  } as const
  if ((await takeAttempt(db, [bucket], by.at)) === null) return
  const message = 'You sent many invitations just now. Go on in a while.'
  throw new Refusal('rate_limited', 'held_back', message)
}

async function refuseTaken(trx: Trx, email: string): Promise<void> {
  const person = await findPersonByEmail(trx, email)
  if (!person) return
  const wayOut = person.isDisabled ? 'Enable them instead.' : 'Change their roles instead.'
  throw new Refusal('conflict', 'email_taken', `${email} is ${person.name} already. ${wayOut}`)
}

function uniqueRoles(roles: readonly Role[]): Role[] {
  return [...new Set(roles)].toSorted()
}

function closed(): Refusal {
  const message = 'This invitation was accepted or withdrawn meanwhile.'
  return new Refusal('conflict', 'invitation_closed', message)
}
