import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from './test-database.ts'

test('Desk runs as a role that can neither change the schema nor rewrite what was observed', async () => {
  await using database = await testDatabase()
  const { db } = database

  await expect(sql`create table smuggled (id int)`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(sql`drop table payment`.execute(db)).rejects.toThrow(/must be owner/)
  await expect(sql`update observation set status = 'completed'`.execute(db)).rejects.toThrow(
    /permission denied/,
  )
  await expect(sql`delete from observation`.execute(db)).rejects.toThrow(/permission denied/)
})
