import { randomUUID } from 'node:crypto'
import { permissionsOf } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import type { TestDatabase } from '../testing/test-database.ts'

export const createCaller = createCallerFactory(appRouter)
export const noon = new Date('2026-11-23T12:00:00.000Z')
export const network = 'eip155:8453'
export const supplier = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

/** Finn and Fay ask, Ana and Ben approve, Cleo and Dora are admins; one destination can be paid. */
export async function arrange(database: TestDatabase) {
  const { db, owner } = database
  const join = (name: string, ...roles: Role[]) => hire(owner, name, roles)
  const [finn, fay] = [await join('Finn', 'finance'), await join('Fay', 'finance')]
  const [ana, ben] = [await join('Ana', 'approver'), await join('Ben', 'approver')]
  const [cleo, dora] = [await join('Cleo', 'admin'), await join('Dora', 'admin')]
  await owner
    .insertInto('destination')
    .values({
      id: 'supplier',
      network,
      address: supplier,
      label: 'Supplier',
      state: 'active',
      proposed_by: finn.userId,
      proposed_at: '2026-11-01T12:00:00.000Z',
      approved_by: cleo.userId,
      approved_at: '2026-11-02T12:00:00.000Z',
      usable_from: '2026-11-03T12:00:00.000Z',
      state_at: '2026-11-02T12:00:00.000Z',
    })
    .execute()
  const as = (actor: Actor, at = noon) =>
    createCaller({ ...contextOf(db, { ...actor, provedAt: at }), now: () => at }).withdrawals
  const asked = {
    amountCents: 125_000,
    network,
    destination: { kind: 'book' as const, id: 'supplier' },
    reason: 'Invoice 17',
  }
  type Asked = Parameters<ReturnType<typeof as>['create']>[0]
  const draft = async (by: Actor, change: Partial<Asked> = {}) =>
    as(by).create({ attempt: randomUUID(), ...asked, ...change })
  const seen = async (id: string, by: Actor = finn) => {
    const { revision, submission, state, votes } = await as(by).one({ id })
    return { id, revision, fingerprint: submission?.fingerprint ?? '', state, votes }
  }
  /** Drafted and submitted; resolves to what an approver's page shows. */
  const submitted = async (by: Actor = finn, change: Partial<Asked> = {}) => {
    const { id } = await draft(by, change)
    await as(by).submit({ id, revision: (await seen(id)).revision })
    return seen(id)
  }
  const approve = async (
    by: Actor,
    page: { readonly id: string; readonly revision: number; readonly fingerprint: string },
    { at = noon, onBehalfOf = null }: { at?: Date; onBehalfOf?: Actor['userId'] | null } = {},
  ) => {
    const { id, revision, fingerprint } = page
    return as(by, at).approve({ id, revision, fingerprint, onBehalfOf })
  }
  return { db, owner, finn, fay, ana, ben, cleo, dora, as, asked, draft, seen, submitted, approve }
}

export async function hire(owner: Db, name: string, roles: readonly Role[]): Promise<Actor> {
  const id = userId.parse(`u_${name.toLowerCase()}`)
  const email = `${name.toLowerCase()}@shop.example`
  await owner.insertInto('person').values({ id, name, email, created_at: noon }).execute()
  await give(owner, id, roles)
  const permissions = permissionsOf(roles)
  return { ...actorWith(roles), userId: id, name, email, permissions }
}

export async function give(owner: Db, id: string, roles: readonly Role[]): Promise<void> {
  await owner
    .insertInto('person_role')
    .values(roles.map((role) => ({ user_id: id, role, granted_at: noon })))
    .execute()
}

export function rolesNow(roles: readonly Role[]) {
  return { roles, permissions: permissionsOf(roles) }
}

export async function tie(owner: Db, second: Actor, first: Actor): Promise<void> {
  await owner
    .updateTable('person')
    .set({ same_as: first.userId })
    .where('id', '=', second.userId)
    .execute()
}

export async function delegate(owner: Db, from: Actor, to: Actor): Promise<void> {
  await owner
    .insertInto('approval_delegation')
    .values({
      id: randomUUID(),
      from_user_id: from.userId,
      to_user_id: to.userId,
      starts_at: '2026-11-23T00:00:00.000Z',
      ends_at: '2026-11-24T00:00:00.000Z',
      made_by: from.userId,
      made_at: noon,
    })
    .execute()
}
