import { sql } from 'kysely'
import * as z from 'zod'
import { assignableRoles, type Colleague } from '@desk/shared/attention/assignee'
import { role } from '@desk/shared/identity/role-schema'
import { userId } from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'

/** Everybody that work can be handed to, by name: who is here and may do something about it. */
export async function readColleagues(db: Db): Promise<Colleague[]> {
  const rows = await colleagues(db)
    .orderBy(sql`lower(person.name)`)
    .orderBy('person.id')
    .execute()
  return rows.map(toColleague)
}

/** The same person cannot leave until the transaction ends: whoever has them leave finds what it did. */
export async function holdColleague(trx: Trx, id: string): Promise<Colleague | undefined> {
  const row = await colleagues(trx)
    .where('person.id', '=', id)
    .forShare('person')
    .executeTakeFirst()
  return row && toColleague(row)
}

function colleagues(db: Db) {
  return db
    .selectFrom('person')
    .select((eb) => [
      'person.id',
      'person.name',
      sql<string[]>`array(${eb
        .selectFrom('person_role')
        .select('role')
        .whereRef('person_role.user_id', '=', 'person.id')
        .orderBy('role')})`.as('roles'),
    ])
    .where('person.disabled_at', 'is', null)
    .where('person.removed_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('person_role')
          .select('role')
          .whereRef('person_role.user_id', '=', 'person.id')
          .where('role', 'in', assignableRoles),
      ),
    )
}

const rolesIn = z.array(role)

function toColleague(row: { id: string; name: string; roles: string[] }): Colleague {
  return { id: userId.parse(row.id), name: row.name, roles: rolesIn.parse(row.roles) }
}
