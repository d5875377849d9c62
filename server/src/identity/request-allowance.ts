import { isIP } from 'node:net'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { startLoop } from '../kernel/background-loop.ts'
import { TooManyRequests } from '../kernel/too-many-requests.ts'
import { networkOf } from './rate-limits.ts'
import { addRequests, claimWord, dropOldRequests } from './request-counts.queries.ts'

/** Requests that Desk answers within a minute, over all Desks together. */
export interface RequestLimits {
  readonly perAccount: number
  readonly perAddress: number
}

/**
 * A person who clicks without pause makes about two requests a second, and a screen that follows live
 * events one more: twenty a second are a program's. An office of such people shares one address.
 */
export const requestLimits: RequestLimits = { perAccount: 1_200, perAddress: 2_400 }

export interface RequestAllowance {
  /** Counts a request of this address; rejects with `TooManyRequests` once there were too many. */
  countAddress(from: Sender): Promise<void>
  /** The same for a signed-in person, wherever they ask from. */
  countAccount(person: Asker, from: Sender): Promise<void>
  /** For tests: every request counted so far is known to the other Desks. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/** `address` is the client's, as far as the proxies in front are trusted. */
export interface Sender {
  readonly address: string
  readonly requestId: string
}

type Asker = Pick<Actor, 'userId' | 'name' | 'email'>

export interface RequestAllowanceOptions {
  readonly db: Db
  readonly now: () => Date
  readonly log: {
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  readonly limits: RequestLimits
}

const windowMs = 60_000
const settleEveryMs = 1_000
/** One Desk settles early after this part of an allowance, so that many cannot each give it away whole. */
const earlyShare = 0.1
const keysPerStatement = 1_000
/** About 4 MB. Whoever asks from more networks than this within a minute is not stopped by counting. */
const talliesMax = 20_000
const keyPrefix = 'requests-'

/** What is known of one key in one window: the sum of all Desks, and our own that is not in it yet. */
interface Tally {
  readonly windowStart: number
  shared: number
  unsettled: number
  isTold: boolean
}

/**
 * Counts requests in memory and settles with the other Desks through Postgres about once a second, so a
 * request costs no write of its own. Between two settlements each Desk may let a little too much through.
 */
export function createRequestAllowance(options: RequestAllowanceOptions): RequestAllowance {
  const { db, now, log, limits } = options
  const tallies = new Map<string, Tally>()
  let sweptWindow = 0

  const settle = async (): Promise<boolean> => {
    const windowStart = windowOf(now())
    if (sweptWindow !== windowStart) {
      sweptWindow = windowStart
      for (const [key, tally] of tallies) if (tally.windowStart < windowStart) tallies.delete(key)
      await dropOldRequests(db, { prefix: keyPrefix, before: new Date(windowStart - windowMs) })
    }
    const due = [...tallies].filter(([, { unsettled }]) => unsettled > 0)
    const given = due.slice(0, keysPerStatement).map(([key, tally]) => ({
      key,
      tally,
      count: tally.unsettled,
      windowStartedAt: new Date(tally.windowStart),
    }))
    if (given.length === 0) return false
    const sums = new Map((await addRequests(db, given)).map((sum) => [sum.key, sum]))
    for (const { key, tally, count } of given) {
      const sum = sums.get(key)
      tally.unsettled -= count
      // Where another Desk's clock is a window ahead, ours goes on alone until its own window ends.
      const isSame = sum?.windowStartedAt.getTime() === tally.windowStart
      tally.shared = isSame ? sum.count : tally.shared + count
    }
    return due.length > given.length
  }
  const loop = startLoop({ name: 'requests', round: settle, intervalMs: settleEveryMs, log })

  const tallyOf = (key: string, windowStart: number): Tally => {
    const held = tallies.get(key)
    if (held?.windowStart === windowStart) return held
    const fresh = { windowStart, shared: 0, unsettled: 0, isTold: false }
    // Deleted first, so that the map's order is the order of beginning.
    tallies.delete(key)
    const oldest = tallies.size >= talliesMax ? tallies.keys().next().value : undefined
    if (oldest !== undefined) tallies.delete(oldest)
    tallies.set(key, fresh)
    return fresh
  }

  const count = async (request: Counted): Promise<void> => {
    const at = now()
    const windowStart = windowOf(at)
    const tally = tallyOf(request.key, windowStart)
    if (tally.shared + tally.unsettled < request.max) {
      tally.unsettled++
      if (tally.unsettled >= request.max * earlyShare) loop.wake()
      return
    }
    if (!tally.isTold) {
      tally.isTold = true
      await tell(options, request, new Date(windowStart))
    }
    const waitMs = windowStart + windowMs - at.getTime()
    throw new TooManyRequests(request.who, Math.max(1, Math.ceil(waitMs / 1000)))
  }

  return {
    countAddress: (from) =>
      count({
        key: `${keyPrefix}address:${isIP(from.address) ? networkOf(from.address) : 'unreadable'}`,
        max: limits.perAddress,
        who: 'your network',
        person: null,
        from,
      }),
    countAccount: (person, from) =>
      count({
        key: `${keyPrefix}account:${person.userId}`,
        max: limits.perAccount,
        who: 'your account',
        person,
        from,
      }),
    settled: () => loop.settled(),
    stop: () => loop.stop(),
  }
}

interface Counted {
  readonly key: string
  readonly max: number
  /** For the person who is refused. */
  readonly who: string
  /** Null: counted by address. */
  readonly person: Asker | null
  readonly from: Sender
}

/** Once per window, whichever Desk is first. Failing to write it must not turn the answer into a defect. */
async function tell(
  { db, now, log }: RequestAllowanceOptions,
  { key, max, person, from }: Counted,
  windowStartedAt: Date,
): Promise<void> {
  const { address, requestId } = from
  try {
    await db.transaction().execute(async (trx) => {
      if (!(await claimWord(trx, { key, windowStartedAt }))) return
      if (!person) {
        const hint = 'too many requests; if this is your proxy, name it in DESK_TRUSTED_PROXIES'
        log.warn({ address, requestId }, hint)
      }
      await recordAudit(
        trx,
        { actor: person, address, requestId, at: now() },
        {
          action: 'request.limit',
          outcome: 'refused',
          reason: `more than ${max} requests in a minute from one ${person ? 'account' : 'address'}`,
          ...(person && {
            subject: { kind: 'person', id: person.userId, label: person.email } as const,
          }),
        },
      )
    })
  } catch (error) {
    log.error({ err: error, requestId }, 'not audited')
  }
}

function windowOf(at: Date): number {
  return at.getTime() - (at.getTime() % windowMs)
}
