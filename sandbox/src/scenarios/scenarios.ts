import * as z from 'zod'
import { seededRandom } from '../state/random.ts'
import { ApiError, notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { campaign } from './campaign.ts'
import { providerOutage } from './provider-outage.ts'
import { quietDay } from './quiet-day.ts'
import { type ScenarioName, scenarioNames, type ScenarioRecord } from './scenario-record.ts'
import type { Play, Script } from './script.ts'
import { stolenWebhookSecret } from './stolen-webhook-secret.ts'
import { stuckNetwork } from './stuck-network.ts'

const scripts: Readonly<Record<ScenarioName, Script>> = {
  'quiet-day': quietDay,
  campaign,
  'provider-outage': providerOutage,
  'stolen-webhook-secret': stolenWebhookSecret,
  'stuck-network': stuckNetwork,
}

const MINUTE_MS = 60_000
/** On the agenda, the end of a run stands beside its next act. */
const END = ' ends'

/** A scenario as the API and the control page show it. */
export interface ScenarioView {
  readonly name: ScenarioName
  readonly title: string
  readonly description: string
  /** What a trainee should notice in Desk, and what to do about it. */
  readonly notice: string
  readonly respond: string
  readonly minutes: number
  readonly minutesMax: number
  readonly state: 'running' | 'idle'
  readonly startedAt: string | null
  /** When it ends or ended. */
  readonly endsAt: string | null
  readonly pace: number
  /** What this run did so far, or since a restart, in numbers. */
  readonly tally: Readonly<Record<string, number>>
}

/** Scenarios for training. Each is played by the agenda, in sandbox time, and goes on after a restart. */
export interface Scenarios {
  readonly list: () => ScenarioView[]
  /**
   * Plays it for `{ minutes?, pace? }`: so many minutes of sandbox time, so many times as often as usual.
   * Refuses with an `ApiError`: unknown 404, running already 409, another wish 400.
   */
  readonly start: (name: string, wish: unknown) => ScenarioView
  /** Ends a run early and takes its troubles away. Refuses with an `ApiError`: unknown 404, not running 409. */
  readonly stop: (name: string) => ScenarioView
  /** Whether the usual trickle of customers stays away. */
  readonly stillTraffic: () => boolean
  /** Goes on with what a journal kept. */
  readonly load: (kept: readonly ScenarioRecord[]) => void
  /** Ends and forgets everything, for a sandbox that starts over. */
  readonly clear: () => void
  readonly close: () => Promise<void>
}

/** `worldOf` is asked late: the scenarios are part of the world they play in. */
export function createScenarios(worldOf: () => World): Scenarios {
  const records = new Map<ScenarioName, ScenarioRecord>()
  const plays = new Map<ScenarioName, Play>()
  const everPlayed = new Set<Play>()
  const tallies = new Map<ScenarioName, ReturnType<Play['tally']>>()

  const keep = (record: ScenarioRecord) => {
    records.set(record.id, record)
    worldOf().journal.append({ kind: 'scenario', value: record })
  }

  const play = (record: ScenarioRecord, remembered: ScenarioRecord['memory'] | null): Play => {
    const world = worldOf()
    const playing = scripts[record.id].begin({
      world,
      random: seededRandom(`${world.origin().seed}:${record.id}:${world.clock.now()}`),
      pace: record.pace,
      endsAt: record.endsAt,
      remembered,
    })
    plays.set(record.id, playing)
    everPlayed.add(playing)
    world.agenda.schedule('scenario', record.id, world.clock.now())
    world.agenda.schedule('scenario', record.id + END, record.endsAt)
    return playing
  }

  const finish = (name: ScenarioName) => {
    const { clock } = worldOf()
    const playing = plays.get(name)
    const record = records.get(name)
    if (!playing || !record) return
    plays.delete(name)
    playing.end()
    tallies.set(name, playing.tally())
    keep({ ...record, endsAt: Math.min(record.endsAt, clock.now()), endedAt: clock.now() })
  }

  const view = (name: ScenarioName): ScenarioView => {
    const { title, description, notice, respond, minutes, minutesMax } = scripts[name]
    const record = records.get(name)
    const playing = plays.get(name)
    return {
      name,
      title,
      description,
      notice,
      respond,
      minutes,
      minutesMax,
      state: playing ? 'running' : 'idle',
      startedAt: record ? new Date(record.startedAt).toISOString() : null,
      endsAt: record ? new Date(record.endsAt).toISOString() : null,
      pace: record?.pace ?? 1,
      tally: playing?.tally() ?? tallies.get(name) ?? {},
    }
  }

  return {
    list: () => scenarioNames.map(view),
    start: (text, wish) => {
      const name = scenarioNamed(text)
      const { minutes, pace } = wishOf(name, wish)
      if (plays.has(name)) throw conflict('scenario_running', `${name} is being played already.`)
      const now = worldOf().clock.now()
      const record: ScenarioRecord = {
        id: name,
        startedAt: now,
        endsAt: now + minutes * MINUTE_MS,
        pace,
        endedAt: null,
        memory: {},
      }
      const { memory } = play(record, null)
      keep({ ...record, memory })
      return view(name)
    },
    stop: (text) => {
      const name = scenarioNamed(text)
      if (!plays.has(name)) throw conflict('scenario_not_running', `${name} is not being played.`)
      finish(name)
      return view(name)
    },
    stillTraffic: () => [...plays.keys()].some((name) => scripts[name].stillsTraffic),
    load: (kept) => {
      const { agenda } = worldOf()
      agenda.handle('scenario', (id, at) => {
        const name = scenarioNames.find((one) => id === one || id === one + END)
        if (name === undefined) return
        if (id !== name) finish(name)
        else agenda.schedule('scenario', name, plays.get(name)?.act(at) ?? null)
      })
      for (const record of kept) {
        records.set(record.id, record)
        // Nobody came while the sandbox was down, so nothing of it is caught up with.
        if (record.endedAt === null) play(record, record.memory)
      }
    },
    clear: () => {
      for (const name of plays.keys()) finish(name)
      records.clear()
      tallies.clear()
    },
    close: async () => {
      await Promise.all([...everPlayed].flatMap(({ close }) => (close ? [close()] : [])))
    },
  }
}

function scenarioNamed(text: string): ScenarioName {
  const name = scenarioNames.find((one) => one === text)
  if (name === undefined) {
    throw notFound(
      'scenario_not_found',
      `There is no such scenario. There are ${scenarioNames.join(', ')}.`,
    )
  }
  return name
}

function wishOf(name: ScenarioName, wish: unknown): { minutes: number; pace: number } {
  const { minutes: usual, minutesMax } = scripts[name]
  const schema = z.strictObject({
    minutes: z.int().min(1).max(minutesMax).default(usual),
    pace: z.number().min(0.1).max(10).default(1),
  })
  return readInput(schema, wish)
}

function conflict(code: string, message: string): ApiError {
  return new ApiError({ status: 409, type: 'invalid_request_error', code }, message)
}
