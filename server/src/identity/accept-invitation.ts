import { hashPassword } from 'better-auth/crypto'
import type * as z from 'zod'
import { acceptInput, type InvitationView, lookInput } from '@desk/shared/identity/invitation'
import { recordAudit } from '../audit/record-audit.ts'
import { answer, heldBack } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import {
  findInvitation,
  type Invitation,
  lockInvitation,
  markAccepted,
} from './invitations.queries.ts'
import { openSession, signedIn } from './let-in.ts'
import { newPasswordBlock } from './password-rules.ts'
import { hasAdminWithWayIn, insertPerson, lockPeople } from './people.queries.ts'
import { takeAttempt } from './rate-limits.ts'
import { isHeldBackTold, networkBucket } from './sign-in-limits.ts'
import { passwordSignInIsOff } from './sign-in-with-password.ts'

/** `POST /api/auth/invitation/look {token}`: what the link invites to. */
export async function lookAtInvitation(door: Door, request: AuthRequest): Promise<Response> {
  const waitSeconds = await takeAttempt(door.db, bucketsOf(request), door.now())
  if (waitSeconds !== null) {
    return holdBack(door, request, { action: 'invitation.look', waitSeconds })
  }
  const read = lookInput.safeParse(request.body)
  const id = read.success ? door.invitationLinks.idIn(read.data.token) : null
  const invitation = id === null ? undefined : await findInvitation(door.db, id)
  const fault = await faultOf(door, invitation)
  if (fault || !invitation) {
    return refuse(door, request, { action: 'invitation.look', invitation, fault })
  }
  if (isByProviderOnly(door, invitation)) {
    return refusePassword(door, request, { action: 'invitation.look', invitation })
  }
  const { kind, email, name, roles, expiresAt } = invitation
  const view: InvitationView = { kind, email, name, roles, expiresAt: expiresAt.toISOString() }
  return answer(200, { ...view })
}

/**
 * `POST /api/auth/invitation/accept {token, name, password, email?}`: adds the person with the roles of
 * the invitation and signs them in. `email` counts in the set-up of the first admin only.
 */
export async function acceptInvitation(door: Door, request: AuthRequest): Promise<Response> {
  const waitSeconds = await takeAttempt(door.db, bucketsOf(request), door.now())
  if (waitSeconds !== null) {
    return holdBack(door, request, { action: 'person.join', waitSeconds })
  }
  const read = acceptInput.safeParse(request.body)
  if (!read.success) return badInput(read.error)
  const given = read.data
  const id = door.invitationLinks.idIn(given.token)
  const invitation = id === null ? undefined : await findInvitation(door.db, id)
  const early = await faultOf(door, invitation)
  if (early || !invitation) {
    return refuse(door, request, { action: 'person.join', invitation, fault: early })
  }
  if (isByProviderOnly(door, invitation)) {
    return refusePassword(door, request, { action: 'person.join', invitation })
  }
  const email = invitation.email ?? given.email
  if (email === undefined) {
    return answer(400, { field: 'email', message: 'Give your e-mail address.' })
  }
  const block = await newPasswordBlock(given.password, { name: given.name, email })
  if (block !== null) {
    return answer(400, { code: 'password_weak', field: 'password', message: block })
  }
  const passwordHash = await hashPassword(given.password)
  const outcome = await join(door, request, {
    invitation,
    person: { name: given.name, email, passwordHash, roles: invitation.roles },
  })
  if ('fault' in outcome) {
    return refuse(door, request, { action: 'person.join', invitation, fault: outcome.fault })
  }
  return signedIn(door, request, outcome)
}

type Fault = keyof typeof faults

const faults = {
  invitation_unknown: [404, 'This link is not one of Desk. Check that you copied all of it.'],
  invitation_expired: [410, 'This invitation has expired. Ask an admin for a new one.'],
  invitation_used: [410, 'This invitation was used already. Sign in instead.'],
  invitation_void: [410, 'This invitation was withdrawn. Ask an admin for a new one.'],
  set_up_already: [410, 'Desk is set up: there is an admin. Ask them to invite you.'],
  email_taken: [409, 'Somebody here has this e-mail address already. Sign in instead.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

async function faultOf(door: Door, invitation: Invitation | undefined): Promise<Fault | null> {
  if (!invitation) return 'invitation_unknown'
  if (invitation.acceptedAt !== null) return 'invitation_used'
  if (invitation.voidedAt !== null) return 'invitation_void'
  if (invitation.expiresAt <= door.now()) return 'invitation_expired'
  if (invitation.kind !== 'setup') return null
  const hasSingleSignOn = door.singleSignOn !== null
  return (await hasAdminWithWayIn(door.db, { hasSingleSignOn })) ? 'set_up_already' : null
}

/** Where passwords are off the invited person comes in by their first single sign-on. */
function isByProviderOnly(door: Door, invitation: Invitation): boolean {
  return !door.passwordSignIn && invitation.kind === 'invitation'
}

async function refusePassword(
  door: Door,
  request: AuthRequest,
  refused: {
    readonly action: 'invitation.look' | 'person.join'
    readonly invitation: Invitation
  },
): Promise<Response> {
  await recordRefusal(door, request, { ...refused, reason: 'passwords are off' })
  return passwordSignInIsOff()
}

interface Joining {
  readonly invitation: Invitation
  readonly person: {
    readonly name: string
    readonly email: string
    readonly passwordHash: string
    readonly roles: Invitation['roles']
  }
}

/** Lock, judge, write, audit: of two people with one link one joins. */
async function join(door: Door, request: AuthRequest, { invitation, person }: Joining) {
  const at = door.now()
  return door.db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    const current = await lockInvitation(trx, invitation.id)
    const fault = await faultOf({ ...door, db: trx }, current)
    if (fault) return { fault }
    const userId = await insertPerson(trx, person, at)
    if (userId === null) return { fault: 'email_taken' as const }
    await markAccepted(trx, invitation.id, { userId, at })
    const known = { userId, name: person.name, email: person.email }
    const token = await openSession(trx, door, {
      request,
      person: known,
      method: 'invitation',
      factor: null,
    })
    await recordAudit(trx, attributionAt(door, request, known), {
      action: invitation.kind === 'setup' ? 'person.set_up' : 'person.join',
      subject: { kind: 'person', id: userId, label: person.email },
      after: { name: person.name, email: person.email, roles: [...person.roles] },
    })
    return { token, person: known }
  })
}

async function refuse(
  door: Door,
  request: AuthRequest,
  refused: {
    readonly action: 'invitation.look' | 'person.join'
    readonly invitation: Invitation | undefined
    readonly fault: Fault | null
  },
): Promise<Response> {
  const { action, invitation } = refused
  const fault = refused.fault ?? 'invitation_unknown'
  const [status, message] = faults[fault]
  await recordRefusal(door, request, { action, reason: fault, ...(invitation && { invitation }) })
  return answer(status, { code: fault, message })
}

async function holdBack(
  door: Door,
  request: AuthRequest,
  held: { readonly action: 'invitation.look' | 'person.join'; readonly waitSeconds: number },
): Promise<Response> {
  const { action, waitSeconds } = held
  if (await isHeldBackTold(door, { kind: 'invitation', address: request.address })) {
    await recordRefusal(door, request, { action, reason: 'too many attempts' })
  }
  return heldBack(waitSeconds)
}

async function recordRefusal(
  door: Door,
  request: AuthRequest,
  refused: {
    readonly action: 'invitation.look' | 'person.join'
    readonly reason: string
    readonly invitation?: Invitation
  },
): Promise<void> {
  const { action, reason, invitation } = refused
  await door.db.transaction().execute((trx) =>
    recordAudit(trx, attributionAt(door, request, null), {
      action,
      outcome: 'refused',
      reason,
      ...(invitation && {
        subject: {
          kind: 'invitation',
          id: invitation.id,
          ...(invitation.email !== null && { label: invitation.email }),
        },
      }),
    }),
  )
}

function badInput(error: z.core.$ZodError): Response {
  const issue = error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  return answer(400, { field, message: `${field} ${issue?.message ?? 'is not right'}.`.trim() })
}

function bucketsOf(request: AuthRequest) {
  return [networkBucket('invitation', request.address)]
}
