import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Whether two accounts are one human's: that person counts once. */
export async function areOnePerson(db: Db, one: string, other: string): Promise<boolean> {
  if (one === other) return true
  const { rows } = await sql<{ holder: string }>`
    select distinct coalesce(same_as, id) as holder from person where id in (${one}, ${other})
  `.execute(db)
  return rows.length === 1
}
