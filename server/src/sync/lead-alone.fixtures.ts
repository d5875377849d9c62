import { sql } from 'kysely'
import { openDatabase, openPool } from '../database.ts'
import { leadWhenFree } from './leadership.ts'

/**
 * A process of its own that leads whenever it can and says so on its output, to be killed by a test:
 * `node lead-alone.fixtures.ts <connection string> <lock number>`.
 */
const [connectionString = '', lockKey = '0'] = process.argv.slice(2)
const pool = openPool({ connectionString, connectionsMax: 2, name: 'desk-alone' })
const db = openDatabase(pool)
await sql`select 1`.execute(db)
process.stdout.write('tries\n')
await leadWhenFree(
  {
    db,
    lockKey: Number(lockKey),
    intervalMs: 50,
    log: { info: () => undefined, error: () => undefined },
    lead: async (signal) => {
      process.stdout.write('leads\n')
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true })
      })
    },
  },
  new AbortController().signal,
)
