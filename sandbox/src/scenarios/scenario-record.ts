import * as z from 'zod'

export const scenarioNames = [
  'quiet-day',
  'campaign',
  'provider-outage',
  'stolen-webhook-secret',
  'stuck-network',
] as const
export type ScenarioName = (typeof scenarioNames)[number]

/** One run of a scenario, the newest of its kind. Instants are epoch milliseconds of sandbox time. */
export const scenarioRecord = z.object({
  id: z.enum(scenarioNames),
  startedAt: z.int(),
  endsAt: z.int(),
  /** How many times as often as usual things happen in it. */
  pace: z.number(),
  /** Null while it runs. */
  endedAt: z.int().nullable(),
  /** What it must still know after a restart. */
  memory: z.record(z.string(), z.string()),
})
export type ScenarioRecord = z.infer<typeof scenarioRecord>
export type ScenarioMemory = ScenarioRecord['memory']
