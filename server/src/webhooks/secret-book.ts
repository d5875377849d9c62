import { isVerifying, secretState } from '@desk/shared/webhooks/webhook-secret'
import type { LiveEvent } from '@desk/shared/live/live-event'
import type { Db } from '../database.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import type { Sealer } from '../kernel/sealed.ts'
import type { KnownSecret } from '../kernel/trpc.ts'
import { secretIdOf } from './verify-signature.ts'
import {
  addSecretUses,
  keepEnvironmentSecrets,
  readSecretRows,
  type SecretRow,
} from './webhook-secrets.queries.ts'

/** The webhook secrets as every Desk on the database has them. */
export interface SecretBook {
  /** Those that verify what arrives now. Where the database is away, as they were when it last answered. */
  readonly live: () => Promise<readonly string[]>
  /**
   * The same, read once more unless that was done a moment ago: for a delivery that none of the others
   * verifies, which may be the first one under a new secret.
   */
  readonly liveAnew: () => Promise<readonly string[]>
  /** Every secret that Desk has, those that no longer verify included. */
  readonly known: () => Promise<readonly KnownSecret[]>
  /** Counts a delivery that this secret verified; written down a few seconds later. */
  readonly used: (id: string, at: Date) => void
  /** Something was changed: the next delivery is verified by what the database says then. */
  readonly forget: () => void
  /** Writes down what was counted, and counts no more. */
  readonly stop: () => Promise<void>
}

export interface SecretBookOptions {
  readonly db: Db
  readonly sealer: Sealer
  /** Those that the environment of this Desk names. */
  readonly environment: readonly string[]
  readonly live: { subscribe(signal: AbortSignal): AsyncIterable<LiveEvent> }
  readonly now: () => Date
  readonly log: {
    warn(facts: object, message: string): void
    error(facts: object, message: string): void
  }
}

/** Should a word about a change get lost on its way. */
const freshMs = 5_000
/** Anybody can send what nothing verifies, and have Desk ask its database as often. */
const anewMs = 1_000
const countEveryMs = 5_000

interface Page {
  readonly rows: readonly OpenedSecret[]
  readonly readAtMs: number
  /** How many changes it may know of. */
  readonly changes: number
}

interface Reading {
  readonly changes: number
  readonly page: Promise<Page>
}

type OpenedSecret = Omit<SecretRow, 'sealed'> & { readonly value: string }

/** Keeps the environment's secrets in the database with the others, sealed, and opens the book. */
export async function openSecretBook(options: SecretBookOptions): Promise<SecretBook> {
  const { db, environment, now, log } = options
  const environmentIds = new Set(environment.map(secretIdOf))
  await keepEnvironmentSecrets(
    db,
    environment.map((value, index) => environmentSecret(options, { value, index })),
  )
  const counter = startCounting(options)
  const closing = new AbortController()

  let changes = 0
  let page: Page | null = null
  let reading: Reading | null = null
  const readOnce = async (): Promise<Page> => {
    const own =
      reading?.changes === changes ? reading : { changes, page: readPage(options, changes) }
    reading = own
    try {
      const fresh = await own.page
      if (page === null || fresh.changes >= page.changes) page = fresh
    } catch (error) {
      if (page === null) throw error
      log.warn({ err: error }, 'The webhook secrets could not be read: the last known ones count')
      page = { ...page, changes, readAtMs: performance.now() }
    } finally {
      if (reading === own) reading = null
    }
    return page
  }
  const notOlderThan = async (ageMs: number): Promise<readonly OpenedSecret[]> => {
    const isFresh = page?.changes === changes && performance.now() - page.readAtMs < ageMs
    return (page !== null && isFresh ? page : await readOnce()).rows
  }
  const forget = () => {
    changes++
  }
  const liveOf = (rows: readonly OpenedSecret[]): readonly string[] =>
    rows
      .filter(({ id, source, verifies_until: verifiesUntil }) =>
        isVerifying(
          secretState({ source, verifiesUntil, isInEnvironment: environmentIds.has(id) }, now()),
        ),
      )
      .map(({ value }) => value)

  const listening = listen(options.live.subscribe(closing.signal), forget)
  warnOfEnded(await notOlderThan(freshMs), { environmentIds, now, log })
  return {
    live: async () => liveOf(await notOlderThan(freshMs)),
    liveAnew: async () => liveOf(await notOlderThan(anewMs)),
    known: async () =>
      (await notOlderThan(freshMs)).map(({ id, label, value }) => ({ id, label, value })),
    used: counter.used,
    forget,
    stop: async () => {
      closing.abort()
      await listening
      await counter.stop()
    },
  }
}

async function readPage(options: SecretBookOptions, changes: number): Promise<Page> {
  const readAtMs = performance.now()
  const rows = await readSecretRows(options.db)
  return { rows: rows.flatMap((row) => opened(row, options)), readAtMs, changes }
}

async function listen(events: AsyncIterable<LiveEvent>, forget: () => void): Promise<void> {
  for await (const { kind } of events) {
    if (kind === 'webhook_secrets.changed' || kind === 'resync') forget()
  }
}

function environmentSecret(
  { sealer, now }: SecretBookOptions,
  { value, index }: { readonly value: string; readonly index: number },
) {
  const id = secretIdOf(value)
  return {
    id,
    label: index === 0 ? 'Environment' : `Environment ${index + 1}`,
    lastFour: value.slice(-4),
    sealed: sealer.seal(value, id),
    addedAt: now(),
  }
}

/** One that was sealed under another key cannot be used, and is no reason to refuse all others. */
function opened(row: SecretRow, { sealer, log }: SecretBookOptions): readonly OpenedSecret[] {
  const { sealed, ...rest } = row
  try {
    return [{ ...rest, value: sealer.open(sealed, row.id) }]
  } catch (error) {
    log.error({ err: error, secretId: row.id }, 'A webhook secret cannot be opened with this key')
    return []
  }
}

interface EndedCheck extends Pick<SecretBookOptions, 'now' | 'log'> {
  readonly environmentIds: ReadonlySet<string>
}

function warnOfEnded(rows: readonly OpenedSecret[], { environmentIds, now, log }: EndedCheck) {
  for (const { id, verifies_until: until } of rows) {
    if (!environmentIds.has(id) || until === null || until > now()) continue
    log.warn({ secretId: id, until }, 'The environment names a webhook secret that was retired')
  }
}

interface Counter {
  readonly used: SecretBook['used']
  readonly stop: () => Promise<void>
}

function startCounting({ db, log }: SecretBookOptions): Counter {
  let counted = new Map<string, { uses: number; lastUsedAt: Date }>()
  const write = async (): Promise<void> => {
    if (counted.size === 0) return
    const taken = counted
    counted = new Map()
    try {
      await addSecretUses(
        db,
        [...taken].map(([id, use]) => ({ id, ...use })),
      )
    } catch (error) {
      for (const [id, { uses, lastUsedAt }] of taken) add(id, lastUsedAt, uses)
      throw error
    }
  }
  const add = (id: string, at: Date, uses: number): void => {
    const before = counted.get(id)
    counted.set(id, {
      uses: (before?.uses ?? 0) + uses,
      lastUsedAt: before && before.lastUsedAt > at ? before.lastUsedAt : at,
    })
  }
  const loop: BackgroundLoop = startLoop({
    name: 'webhook secrets',
    round: async () => {
      await write()
      return false
    },
    intervalMs: countEveryMs,
    log,
  })
  return {
    used: (id, at) => add(id, at, 1),
    stop: async () => {
      await loop.stop()
      try {
        await write()
      } catch (error) {
        log.warn({ err: error }, 'Uses of webhook secrets could not be written down')
      }
    },
  }
}
