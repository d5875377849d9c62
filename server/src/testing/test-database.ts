import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import { type Db, openDatabase, openPool, urlForRole } from '../database.ts'

export interface TestDatabase extends AsyncDisposable {
  /** As Desk runs: the lesser role. */
  readonly db: Db
  /** As the owner, for arranging what Desk itself may not do. */
  readonly owner: Db
  /** For Desk's role. */
  readonly url: string
  readonly ownerUrl: string
  /** Everything as it stands now, in a database of its own: a backup. Connections break meanwhile. */
  readonly copy: () => Promise<TestDatabase>
}

/** A database of one's own, cloned from the migrated template in about a tenth of a second. */
export async function testDatabase(template = 'desk_template'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner((owner) =>
    owner.query(`create database ${name} template ${template} strategy file_copy`),
  )
  const ownerUrl = inject('ownerUrl').replace('/postgres?', `/${name}?`)
  const url = urlForRole(ownerUrl, { user: inject('appRole'), password: '' })
  const db = openDatabase(
    openPool({ connectionString: url, connectionsMax: 10, name: 'desk-test' }),
  )
  const owner = openDatabase(
    openPool({ connectionString: ownerUrl, connectionsMax: 3, name: 'desk-test-owner' }),
  )
  return {
    db,
    owner,
    url,
    ownerUrl,
    copy: async () => {
      await asOwner((client) =>
        client.query(
          'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1',
          [name],
        ),
      )
      const copied = await testDatabase(name)
      // Both pools have heard of what they lost by then.
      await delay(100)
      return copied
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([db.destroy(), owner.destroy()])
      await asOwner((client) => dropWhenIdle(client, name))
    },
  }
}

/** The pools' last connections are still closing on the server for a moment. */
async function dropWhenIdle(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`drop database ${name}`)
      return
    } catch (error) {
      const inUse = error instanceof pg.DatabaseError && error.code === '55006'
      if (!inUse || attempt === 100) throw error
      await delay(20)
    }
  }
}

async function asOwner(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('ownerUrl') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
