import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import {
  type BackgroundLoop,
  type BackgroundLoopOptions,
  startLoop,
} from '../kernel/background-loop.ts'
import { storableText } from '../kernel/storable-text.ts'
import { storableInstant } from '../kernel/storable-value.ts'
import { addArrivals, addLags, countRefused, moveCountedTo } from './arrival-counts.queries.ts'
import { findWithoutBytes, readDeliveryBytes } from './delivery-bytes.queries.ts'
import {
  type Arrived,
  findNewlyArrived,
  findOldestTexts,
  findUndigested,
  forgetTexts,
  insertDigests,
  moveDigestedTo,
} from './digest.queries.ts'
import { readDelivery } from './read-delivery.ts'

export interface Digesting {
  readonly db: Db
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
  /** See `BackgroundLoopOptions`. */
  readonly turn?: BackgroundLoopOptions['turn']
}

const everyMs = 2_000
/** Late ones are looked for among all that came in the last minute. */
const lateEveryMs = 20_000
const deliveriesPerRound = 250
/** What is searched of a payload; the rest of a larger one is found by its ids only. */
const searchedCharactersMax = 64 * 1024

/**
 * Keeps what the console searches and counts level with what arrived, apart from how it is received: storing
 * a webhook never waits for it. Of all Desks on a database one does a round at a time.
 */
export function startDigesting(digesting: Digesting): BackgroundLoop {
  let lookForLateAt = 0
  return startLoop({
    name: 'webhook digest',
    round: async () => {
      const isTime = performance.now() >= lookForLateAt
      const hasMore = await digestOnce({ ...digesting, andLate: isTime })
      if (isTime && !hasMore) lookForLateAt = performance.now() + lateEveryMs
      return hasMore
    },
    intervalMs: everyMs,
    log: digesting.log,
    turn: digesting.turn,
  })
}

interface DigestRound extends Pick<Digesting, 'db' | 'now'> {
  /** Whether also what was committed after others with higher numbers is looked for. */
  readonly andLate?: boolean
}

/** Every delivery is digested and counted once, in one transaction. Resolves to whether more wait. */
export async function digestOnce({ db, now, andLate = true }: DigestRound): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await isOurTurn(trx))) return false
    const at = now()
    const arrived = await digestDeliveries(trx, await findNewlyArrived(trx, deliveriesPerRound))
    await countRefused(trx, at)
    if (arrived === deliveriesPerRound) return true
    if (!andLate) return false
    const late = await digestDeliveries(trx, await findUndigested(trx, deliveriesPerRound))
    if (late === deliveriesPerRound) return true
    await moveDigestedTo(trx, at)
    await moveCountedTo(trx, at)
    const texts = await findOldestTexts(trx, deliveriesPerRound)
    await forgetTexts(trx, await findWithoutBytes(trx, texts))
    return false
  })
}

async function isOurTurn(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(${advisoryLocks.webhookDigest}) as ours`.execute(trx)
  return rows[0]?.ours === true
}

async function digestDeliveries(trx: Trx, found: readonly Arrived[]): Promise<number> {
  if (found.length === 0) return 0
  const bytes = await readDeliveryBytes(
    trx,
    found.map(({ id }) => id),
  )
  const digests = found.map((delivery) => {
    const body = bytes.get(delivery.id)?.body
    return {
      ...delivery,
      happenedAt: body ? happenedAt(body) : null,
      searchText: body ? searchTextOf(body) : null,
    }
  })
  await insertDigests(trx, digests)
  await addArrivals(trx, digests)
  await addLags(
    trx,
    digests.flatMap(({ verdict, receivedAt, happenedAt: at }) =>
      // When a repeat comes says nothing of when we first heard.
      verdict === 'valid' && at !== null
        ? [{ kind: 'arrival', receivedAt, from: at, to: receivedAt } as const]
        : [],
    ),
  )
  return found.length
}

function happenedAt(body: Buffer): Date | null {
  const content = readDelivery(body)
  const at = content.kind === 'event' ? storableInstant(content.envelope.createdAt) : null
  return at === null ? null : new Date(at)
}

/** In small letters; bytes that are no text are shown as such and found by what is around them. */
function searchTextOf(body: Buffer): string {
  const text = body.subarray(0, 4 * searchedCharactersMax).toString('utf8')
  return storableText(text.toLowerCase().slice(0, searchedCharactersMax))
}
