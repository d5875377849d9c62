import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import * as z from 'zod'
import { liveEvent, type LiveEvent } from '@desk/shared/live/live-event'
import type { Trx } from '../database.ts'

const channel = 'desk_live'
/** On which each Desk hears how long it takes to hear; others' are passed over. */
const probeChannel = 'desk_live_probe'
const probeEveryMs = 15_000
/** A browser that stopped reading is told to read again instead of being remembered for ever. */
const backlogMax = 500
const reconnectMs = 500
const connectMsMax = 5_000

/** Tells every open browser on every Desk, when and only when the caller's transaction commits. */
export async function publish(trx: Trx, event: LiveEvent): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(event)})`.execute(trx)
}

export interface LiveEvents {
  /** Events from now on, from every Desk, until `signal` aborts. */
  subscribe(signal: AbortSignal): AsyncIterable<LiveEvent>
  /** The same for Desk itself, who is no viewer. */
  attend(signal: AbortSignal): AsyncIterable<LiveEvent>
  state(): LiveEventsState
  stop(): Promise<void>
}

interface LiveEventsState {
  /** Open subscriptions of browsers at this Desk. */
  readonly viewers: number
  readonly isListening: boolean
  /** From telling Postgres to hearing of it, last time; null before the first. */
  readonly delayMs: number | null
}

/** Listens on one connection of its own and hands each event to every subscriber of this process. */
export function startLiveEvents(options: {
  readonly connectionString: string
  readonly log: { warn(fields: object, message: string): void }
}): LiveEvents {
  const viewers = new Set<Subscriber>()
  const ourselves = new Set<Subscriber>()
  const hearing: Hearing = { isListening: false, delayMs: null }
  const stopping = new AbortController()
  const tell = (event: LiveEvent) => {
    for (const subscriber of [...viewers, ...ourselves]) subscriber.push(event)
  }
  const listening = keepListening({ ...options, tell, hearing, signal: stopping.signal })
  const until = (signal: AbortSignal) => AbortSignal.any([signal, stopping.signal])
  return {
    subscribe: (signal) => subscription(viewers, until(signal)),
    attend: (signal) => subscription(ourselves, until(signal)),
    state: () => ({ viewers: viewers.size, ...hearing }),
    stop: async () => {
      stopping.abort()
      await listening
    },
  }
}

interface Listening {
  readonly connectionString: string
  readonly log: { warn(fields: object, message: string): void }
  readonly tell: (event: LiveEvent) => void
  readonly hearing: Hearing
  readonly signal: AbortSignal
}

interface Hearing {
  isListening: boolean
  delayMs: number | null
}

async function keepListening(listening: Listening): Promise<void> {
  const { log, tell, signal } = listening
  let isFirst = true
  while (!signal.aborted) {
    try {
      await listenOnce(listening, () => {
        // What was said while nobody listened is lost, so everyone reads again.
        if (!isFirst) tell({ kind: 'resync' })
        isFirst = false
      })
    } catch (error) {
      if (signal.aborted) return
      log.warn({ err: error }, 'Live events are interrupted; connecting again')
      await pause(signal)
    }
  }
}

async function listenOnce(listening: Listening, onListening: () => void): Promise<void> {
  const { connectionString, tell, hearing, log, signal } = listening
  const client = new pg.Client({
    connectionString,
    application_name: 'desk-live',
    keepAlive: true,
    connectionTimeoutMillis: connectMsMax,
  })
  const ended = new Promise<void>((resolve, reject) => {
    client.on('error', reject)
    client.on('end', () => reject(new Error('The connection ended.')))
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  // Awaited below; until then a failure must not count as unhandled.
  ended.catch(() => undefined)
  const probe = probing(client, hearing)
  client.on('notification', ({ channel: heardOn, payload }) => {
    if (heardOn === probeChannel) {
      probe.heard(payload)
      return
    }
    const read = notice.safeParse(payload)
    if (read.success) tell(read.data)
    else log.warn({ payload }, 'A live event could not be read')
  })
  try {
    await client.connect()
    await client.query(`listen ${channel}; listen ${probeChannel}`)
    hearing.isListening = true
    onListening()
    probe.begin()
    await ended
  } finally {
    hearing.isListening = false
    probe.end()
    await client.end()
  }
}

/** Sends itself a notice now and then and measures until it is back. */
function probing(client: pg.Client, hearing: Hearing) {
  let timer: ReturnType<typeof setInterval> | undefined
  let sent: { readonly name: string; readonly atMs: number } | null = null
  const send = () => {
    sent = { name: randomUUID(), atMs: performance.now() }
    // A broken connection is the listener's to notice.
    client.query('select pg_notify($1, $2)', [probeChannel, sent.name]).catch(() => undefined)
  }
  return {
    begin: () => {
      send()
      timer = setInterval(send, probeEveryMs).unref()
    },
    heard: (name: string | undefined) => {
      if (sent !== null && sent.name === name) hearing.delayMs = performance.now() - sent.atMs
    },
    end: () => clearInterval(timer),
  }
}

const notice = z
  .string()
  .transform((text, check): unknown => {
    try {
      return JSON.parse(text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      check.addIssue('not JSON')
      return z.NEVER
    }
  })
  .pipe(liveEvent)

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await delay(reconnectMs, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

interface Subscriber {
  push(event: LiveEvent): void
}

async function* subscription(
  subscribers: Set<Subscriber>,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  let backlog: LiveEvent[] = []
  let wake: () => void = () => undefined
  const subscriber: Subscriber = {
    push: (event) => {
      if (backlog.length >= backlogMax) backlog = [{ kind: 'resync' }]
      else backlog.push(event)
      wake()
    },
  }
  subscribers.add(subscriber)
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      if (backlog.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const due = backlog
      backlog = []
      for (const event of due) yield event
    }
  } finally {
    subscribers.delete(subscriber)
  }
}
