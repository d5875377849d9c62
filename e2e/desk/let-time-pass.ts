import pg from 'pg'
import { readEnv } from '../../server/src/env.ts'
import { ownerDatabase } from '../../server/src/launch/owner-database.ts'

/** Run beside a Desk, with its variables: every proof of who is there becomes six minutes old. */
const reading = readEnv(process.env)
if (!reading.ok) throw new Error(reading.faults.join('\n'))
await using database = await ownerDatabase(reading.env)
const client = new pg.Client({ connectionString: database.url })
await client.connect()
await client.query(`update session set proved_at = proved_at - interval '6 minutes'`)
await client.end()
