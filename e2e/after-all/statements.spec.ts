import { expect, test } from '@playwright/test'
import pg from 'pg'
import { embeddedUrl } from '../../server/src/embedded-postgres.ts'

test('no list was read by counting or skipping all of its rows during the whole run', async () => {
  const dataDir = `${process.env['DESK_DATA_DIR']}/postgres`
  const client = new pg.Client({ connectionString: embeddedUrl(dataDir, 'postgres') })
  await client.connect()
  await client.query('create extension if not exists pg_stat_statements')
  const { rows } = await client.query<{ query: string; calls: string }>(
    'select lower(query) as query, calls from pg_stat_statements',
  )
  await client.end()
  const ofLists = rows.filter(({ query }) => /\bfrom "?(payment|audit_entry)"?\b/.test(query))
  expect(ofLists).not.toEqual([])
  expect(ofLists.filter(({ query }) => /\boffset\b/.test(query))).toEqual([])
  // A count is of a bounded part: the limit stands inside. The first walk through SpacePay's list counts
  // once, at its end, and an export what it is about to read whole.
  const counting = ofLists
    .filter(({ query }) => /\bcount\s*\(\s*\*/.test(query))
    .filter(({ query }) => !/as "(?:known|to_write)"/.test(query))
  expect(counting.filter(({ query }) => !/\blimit\b/.test(query))).toEqual([])
})
