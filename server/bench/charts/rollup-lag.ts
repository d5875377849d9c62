import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/database.ts'
import { oldestDue } from '../../src/settlements/apply-shares.queries.ts'
import { countOnce, startRollups } from '../../src/settlements/rollups.ts'

const zone = 'Europe/London'
const now = () => new Date()
const changesPerSecond = 200

/** Counts until nothing waits; how long that took, in seconds. */
export async function countAll(db: Db): Promise<number> {
  const start = performance.now()
  while (await countOnce({ db, now, zone }));
  return (performance.now() - start) / 1_000
}

/** The longest that a change waited to be counted while two hundred payments changed each second, in seconds. */
export async function longestLag(db: Db, seconds: number): Promise<number> {
  const rollups = startRollups({ db, now, zone, log: { error: fail } })
  let longest = 0
  try {
    for (let second = 0; second < seconds; second += 1) {
      await sql`update payment set updated_at = now() where id in (
        select id from payment order by created_at desc offset ${second * changesPerSecond} limit ${changesPerSecond}
      )`.execute(db)
      for (let part = 0; part < 10; part += 1) {
        const oldest = await oldestDue(db)
        if (oldest) longest = Math.max(longest, Date.now() - oldest.getTime())
        await delay(100)
      }
    }
  } finally {
    await rollups.stop()
  }
  return longest / 1_000
}

function fail(facts: object, message: string): never {
  throw new Error(message, { cause: facts })
}
