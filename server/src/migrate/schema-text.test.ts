import { readFileSync } from 'node:fs'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { migrationsFolder } from './migrations.ts'
import { schemaText } from './schema-text.ts'

test('schema.sql says what the migrations make; after a change `pnpm db:schema` writes it anew', async () => {
  await using database = await testDatabase()
  await using owner = await ownerOf(database.ownerUrl)

  const kept = readFileSync(new URL('schema.sql', migrationsFolder), 'utf8')

  expect(await schemaText(owner)).toBe(kept)
})

const changes = [
  ['a column', 'alter table payment add column extra int'],
  ['a column allowed to be empty', 'alter table payment alter column currency drop not null'],
  ['a default', `alter table payment alter column currency set default 'USD'`],
  ['a check', 'alter table payment add constraint odd check (amount_cents >= 0)'],
  ['an index', 'create index extra_idx on payment (currency)'],
  ['an index lost', 'drop index payment_tx_hash_idx'],
  ['a setting of a table', 'alter table payment set (fillfactor = 70)'],
  ['statistics', 'alter statistics payment_facets set statistics 10'],
  ['a right given', 'grant delete on observation to desk_app'],
  ['a right for everybody', 'grant select on observation to public'],
  ['a right taken', 'revoke insert on observation from desk_app'],
  ['a right on one column', 'grant update (status) on observation to desk_app'],
  ['a function', 'create function one() returns int language sql return 1'],
  ['a view', 'create view shown as select id from payment'],
] as const

test('no change of the schema goes unseen in it', async () => {
  await using database = await testDatabase()
  await using owner = await ownerOf(database.ownerUrl)
  const before = await schemaText(owner)
  const unseen: string[] = []

  for (const [what, change] of changes) {
    await owner.query(`begin; ${change}`)
    if ((await schemaText(owner)) === before) unseen.push(what)
    await owner.query('rollback')
  }

  expect(unseen).toEqual([])
})

async function ownerOf(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}
