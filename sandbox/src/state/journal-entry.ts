import * as z from 'zod'
import { chainRecord } from '../chain/simulated-chain.ts'
import { switchesRecord } from '../control/switches.ts'
import { paymentRecord } from '../payments/payment-record.ts'
import { scenarioRecord } from '../scenarios/scenario-record.ts'
import {
  attemptRecord,
  deliveryRecord,
  endpointRecord,
  eventRecord,
} from '../webhooks/webhook-record.ts'
import { withdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import { storedAnswer } from '../wire/stored-answer.ts'

/** The history is made again from these three, so it is never written down. */
const origin = z.object({ seed: z.string(), anchor: z.int(), historyCount: z.int() })
export type Origin = z.infer<typeof origin>

/** One line of the journal: the newest state of one thing. */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('origin'), value: origin }),
  z.object({ kind: z.literal('clock'), value: z.object({ offsetMs: z.number() }) }),
  z.object({ kind: z.literal('switches'), value: switchesRecord }),
  z.object({ kind: z.literal('chain'), value: chainRecord }),
  z.object({ kind: z.literal('payment'), value: paymentRecord }),
  z.object({ kind: z.literal('withdrawal'), value: withdrawalRecord }),
  z.object({ kind: z.literal('endpoint'), value: endpointRecord }),
  z.object({ kind: z.literal('endpoint_removed'), value: z.object({ id: z.string() }) }),
  z.object({ kind: z.literal('event'), value: eventRecord }),
  z.object({ kind: z.literal('delivery'), value: deliveryRecord }),
  z.object({ kind: z.literal('attempt'), value: attemptRecord }),
  z.object({ kind: z.literal('answer'), value: storedAnswer }),
  z.object({ kind: z.literal('scenario'), value: scenarioRecord }),
])
export type JournalEntry = z.infer<typeof journalEntry>

/** What a line is about: a later line with the same key replaces the earlier one. */
export function journalKey(entry: JournalEntry): string {
  if (entry.kind === 'origin' || entry.kind === 'clock' || entry.kind === 'switches')
    return entry.kind
  if (entry.kind === 'chain') return `chain:${entry.value.chainId}`
  if (entry.kind === 'attempt') return `attempt:${entry.value.deliveryId}`
  if (entry.kind === 'answer') return `answer:${entry.value.scope}`
  if (entry.kind === 'endpoint_removed') return `endpoint:${entry.value.id}`
  return `${entry.kind}:${entry.value.id}`
}
