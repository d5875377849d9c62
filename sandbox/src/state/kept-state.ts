import type { ChainRecord } from '../chain/simulated-chain.ts'
import type { SwitchesRecord } from '../control/switches.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'
import type {
  AttemptRecord,
  DeliveryRecord,
  EndpointRecord,
  EventRecord,
} from '../webhooks/webhook-record.ts'
import type { ScenarioRecord } from '../scenarios/scenario-record.ts'
import type { StoredAnswer } from '../wire/stored-answer.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import type { JournalEntry, Origin } from './journal-entry.ts'

/** What a journal kept, sorted by what it is about. */
export interface KeptState {
  readonly origin: Origin | null
  readonly offsetMs: number
  readonly switches: SwitchesRecord | null
  readonly chains: readonly ChainRecord[]
  readonly payments: readonly PaymentRecord[]
  readonly withdrawals: readonly WithdrawalRecord[]
  readonly endpoints: readonly EndpointRecord[]
  readonly events: readonly EventRecord[]
  readonly deliveries: readonly DeliveryRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly answers: readonly StoredAnswer[]
  readonly scenarios: readonly ScenarioRecord[]
}

export function keptState(entries: readonly JournalEntry[]): KeptState {
  return {
    origin: entries.flatMap((e) => (e.kind === 'origin' ? [e.value] : [])).at(-1) ?? null,
    offsetMs: entries.flatMap((e) => (e.kind === 'clock' ? [e.value.offsetMs] : [])).at(-1) ?? 0,
    switches: entries.flatMap((e) => (e.kind === 'switches' ? [e.value] : [])).at(-1) ?? null,
    chains: entries.flatMap((e) => (e.kind === 'chain' ? [e.value] : [])),
    payments: entries.flatMap((e) => (e.kind === 'payment' ? [e.value] : [])),
    withdrawals: entries.flatMap((e) => (e.kind === 'withdrawal' ? [e.value] : [])),
    endpoints: entries.flatMap((e) => (e.kind === 'endpoint' ? [e.value] : [])),
    events: entries.flatMap((e) => (e.kind === 'event' ? [e.value] : [])),
    deliveries: entries.flatMap((e) => (e.kind === 'delivery' ? [e.value] : [])),
    attempts: entries.flatMap((e) => (e.kind === 'attempt' ? [e.value] : [])),
    answers: entries.flatMap((e) => (e.kind === 'answer' ? [e.value] : [])),
    scenarios: entries.flatMap((e) => (e.kind === 'scenario' ? [e.value] : [])),
  }
}
