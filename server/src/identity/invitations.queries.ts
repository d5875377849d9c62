import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { role } from '@desk/shared/identity/role-schema'
import type { TeamInvitation } from '@desk/shared/identity/team'
import type { Db, Trx } from '../database.ts'

const rolesIn = z.array(role)

export interface Invitation {
  readonly id: string
  readonly kind: 'invitation' | 'setup'
  readonly email: string | null
  readonly name: string | null
  readonly roles: readonly Role[]
  readonly expiresAt: Date
  readonly acceptedAt: Date | null
  readonly voidedAt: Date | null
}

const columns = [
  'id',
  'kind',
  'email',
  'name',
  'roles',
  'expires_at as expiresAt',
  'accepted_at as acceptedAt',
  'voided_at as voidedAt',
] as const

export async function findInvitation(db: Db, id: string): Promise<Invitation | undefined> {
  const found = await db
    .selectFrom('invitation')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return found && { ...found, roles: rolesIn.parse(found.roles) }
}

/** Of two people with one link the second waits here and then finds it used. */
export async function lockInvitation(trx: Trx, id: string): Promise<Invitation | undefined> {
  const found = await trx
    .selectFrom('invitation')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return found && { ...found, roles: rolesIn.parse(found.roles) }
}

export interface NewInvitation {
  readonly kind: Invitation['kind']
  readonly email: string | null
  readonly name: string | null
  readonly roles: readonly Role[]
  readonly invitedBy: string | null
  readonly at: Date
  readonly expiresAt: Date
}

/** Answers its id, or null where an open one exists for that address, or for the set-up. */
export async function insertInvitation(trx: Trx, made: NewInvitation): Promise<string | null> {
  const added = await trx
    .insertInto('invitation')
    .values({
      id: randomUUID(),
      kind: made.kind,
      email: made.email,
      name: made.name,
      roles: [...made.roles],
      invited_by: made.invitedBy,
      created_at: made.at,
      expires_at: made.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added?.id ?? null
}

/** The invitation that waits for this address, held until the end of the transaction. */
export async function findOpenInvitationFor(
  trx: Trx,
  email: string,
  now: Date,
): Promise<Invitation | undefined> {
  const found = await trx
    .selectFrom('invitation')
    .select(columns)
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('voided_at', 'is', null)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  return found && { ...found, roles: rolesIn.parse(found.roles) }
}

/** The set-up link that still waits for somebody, expired or not. */
export async function findOpenSetup(db: Db): Promise<{ id: string; expiresAt: Date } | undefined> {
  return db
    .selectFrom('invitation')
    .select(['id', 'expires_at as expiresAt'])
    .where('kind', '=', 'setup')
    .where('accepted_at', 'is', null)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
}

export async function markAccepted(
  trx: Trx,
  id: string,
  { userId, at }: { readonly userId: string; readonly at: Date },
): Promise<void> {
  await trx
    .updateTable('invitation')
    .set({ accepted_at: at, accepted_by: userId })
    .where('id', '=', id)
    .execute()
}

/** Voids an open invitation and answers whom it was for; undefined where it is not open. */
export async function voidInvitation(
  trx: Trx,
  id: string,
  { because, at }: { readonly because: string; readonly at: Date },
): Promise<Pick<NewInvitation, 'email' | 'name' | 'roles'> | undefined> {
  const voided = await trx
    .updateTable('invitation')
    .set({ voided_at: at, voided_because: because })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('voided_at', 'is', null)
    .returning(['email', 'name', 'roles'])
    .executeTakeFirst()
  return voided && { ...voided, roles: rolesIn.parse(voided.roles) }
}

/** The open invitations that somebody sent, by whom they are for. */
export async function findOpenInvitationsBy(
  db: Db,
  userId: string,
): Promise<{ id: string; email: string | null }[]> {
  return db
    .selectFrom('invitation')
    .select(['id', 'email'])
    .where('invited_by', '=', userId)
    .where('accepted_at', 'is', null)
    .where('voided_at', 'is', null)
    .orderBy('email')
    .execute()
}

export async function readTeamInvitations(db: Db, now: Date): Promise<TeamInvitation[]> {
  const rows = await db
    .selectFrom('invitation')
    .leftJoin('person', 'person.id', 'invitation.invited_by')
    .select([
      'invitation.id',
      'invitation.email',
      'invitation.name',
      'invitation.roles',
      'person.name as invitedBy',
      'invitation.created_at as createdAt',
      'invitation.expires_at as expiresAt',
      'invitation.mailed_at as mailedAt',
    ])
    .where('invitation.kind', '=', 'invitation')
    .where('invitation.accepted_at', 'is', null)
    .where('invitation.voided_at', 'is', null)
    .orderBy('invitation.created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email ?? '',
    name: row.name ?? '',
    roles: rolesIn.parse(row.roles),
    invitedBy: row.invitedBy ?? '',
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isMailed: row.mailedAt !== null,
    state: row.expiresAt > now ? 'open' : 'expired',
  }))
}

export async function markMailed(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('invitation').set({ mailed_at: at }).where('id', '=', id).execute()
}
