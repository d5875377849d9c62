import type { Random } from '../state/random.ts'
import type { World } from '../world.ts'
import type { ScenarioMemory } from './scenario-record.ts'

/** A scenario as it is written down: what it is for, and how it is played. */
export interface Script {
  readonly title: string
  /** What happens. */
  readonly description: string
  /** What a trainee should notice in Desk. */
  readonly notice: string
  /** What a trainee should do about it. */
  readonly respond: string
  readonly minutes: number
  readonly minutesMax: number
  /** The usual trickle of customers stays away while it runs. */
  readonly stillsTraffic: boolean
  /** Makes its troubles, at its start and again after a restart; refuses with an `ApiError` when it cannot be played. */
  readonly begin: (stage: Stage) => Play
}

/** Where a scenario is played. */
export interface Stage {
  readonly world: World
  readonly random: Random
  readonly pace: number
  readonly endsAt: number
  /** What the run wrote down before a restart; null at its start. */
  readonly remembered: ScenarioMemory | null
}

/** A scenario being played. */
export interface Play {
  /** What has to be known after a restart. */
  readonly memory: ScenarioMemory
  /** Does what is due at `at`; answers when it wants to act again, or null. */
  readonly act: (at: number) => number | null
  /** Takes its troubles away again, and nobody else's. */
  readonly end: () => void
  /** What it did so far, or since the restart, in numbers. */
  readonly tally: () => Readonly<Record<string, number>>
  /** Waits for what it has in flight. */
  readonly close?: () => Promise<void>
}
