import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { userId, type UserId } from '@desk/shared/identity/session'
import { leftStates } from '@desk/shared/withdrawals/limits-use'
import type { Role } from '@desk/shared/identity/roles'
import type { Database } from '../database-schema.ts'
import type { Db } from '../database.ts'

const at = '2026-11-23T08:30:00.000Z'

/** Somebody with these roles, by a name that stands only once. */
export async function personNamed(
  owner: Db,
  name: string,
  roles: readonly Role[],
): Promise<UserId> {
  const id = userId.parse(`person-${name}`)
  const email = `${name.toLowerCase()}@shop.example`
  await owner.insertInto('person').values({ id, name, email, created_at: at }).execute()
  await owner
    .insertInto('person_role')
    .values(roles.map((role) => ({ user_id: id, role, granted_at: at })))
    .execute()
  return id
}

/** Finn of finance, who asks. */
export async function requester(owner: Db): Promise<UserId> {
  return personNamed(owner, 'Finn', ['finance'])
}

/** Requests for one destination as they stand in the table; resolves to their ids. */
export async function insertRequests(
  owner: Db,
  by: UserId,
  requests: readonly Partial<Insertable<Database['withdrawal_request']>>[],
): Promise<readonly string[]> {
  await owner
    .insertInto('destination')
    .values({
      id: `destination-of-${by}`,
      network: 'eip155:8453',
      address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      label: 'Supplier',
      state: 'proposed',
      proposed_by: by,
      proposed_at: at,
      state_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows = requests.map((request) => ({
    ...submitted(by),
    ...(leftStates.some((state) => state === request.state) && { left_at: at }),
    ...request,
  }))
  if (rows.length > 0) await owner.insertInto('withdrawal_request').values(rows).execute()
  return rows.map(({ id }) => id)
}

function submitted(by: UserId): Insertable<Database['withdrawal_request']> {
  const id = randomUUID()
  return {
    id,
    state: 'pending_approval',
    requested_by: by,
    amount_cents: 125_000,
    currency: 'USD',
    network: 'eip155:8453',
    destination_id: `destination-of-${by}`,
    destination_address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    order_id: `WD-${id}`,
    reason: 'Invoice 17',
    created_at: at,
    submitted_at: at,
    expires_at: '2026-11-26T08:30:00.000Z',
    policy_version: 1,
    nonce: id,
    canonical_content: '{}',
    fingerprint: id.replaceAll('-', '').padEnd(64, '0'),
    state_at: at,
  }
}
