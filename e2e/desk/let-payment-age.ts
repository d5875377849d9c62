import pg from 'pg'
import { readEnv } from '../../server/src/env.ts'
import { ownerDatabase } from '../../server/src/launch/owner-database.ts'

/** Run beside a Desk, with its variables: what it learned of these payments, it learned twenty minutes earlier. */
const reading = readEnv(process.env)
if (!reading.ok) throw new Error(reading.faults.join('\n'))
await using database = await ownerDatabase(reading.env)
const client = new pg.Client({ connectionString: database.url })
await client.connect()
const ids = process.argv.slice(2)
await client.query(`update drift_ground set announced_since = announced_since - interval '1 hour'`)
await client.query(
  `update observation set learned_at = learned_at - interval '20 minutes' where payment_id = any($1)`,
  [ids],
)
await client.query(`update drift_watch set look_at = now() where payment_id = any($1)`, [ids])
await client.end()
