import { type Carrier, createSimulatedCarrier } from './chain/carrier.ts'
import { createSimulatedChains, type SimulatedChains } from './chain/simulated-chain.ts'
import { createFaultBoard, type FaultBoard } from './control/fault-board.ts'
import { createRequestLog, type RequestLog } from './control/request-log.ts'
import { createSwitches, type Switches } from './control/switches.ts'
import { generateHistory } from './history/generate-history.ts'
import { createPaymentStore, type PaymentStore } from './payments/payment-store.ts'
import { nextStepAt } from './payments/advance-payment.ts'
import { createScenarios, type Scenarios } from './scenarios/scenarios.ts'
import type { SandboxSettings } from './settings.ts'
import { type Agenda, createAgenda } from './state/agenda.ts'
import { createClock, type SandboxClock } from './state/clock.ts'
import { type Journal, openJournal } from './state/journal.ts'
import type { JournalEntry, Origin } from './state/journal-entry.ts'
import { type KeptState, keptState } from './state/kept-state.ts'
import { putDefaultEndpoint } from './webhooks/default-endpoint.ts'
import { createWebhookSender, type WebhookSender } from './webhooks/webhook-sender.ts'
import { nextWithdrawalStepAt } from './withdrawals/advance-withdrawal.ts'
import { createWithdrawalStore, type WithdrawalStore } from './withdrawals/withdrawal-store.ts'
import { type AnswerStore, createAnswerStore } from './wire/answer-store.ts'

/** Everything one sandbox knows and can do; actions take it as their first argument. */
export interface World {
  readonly settings: SandboxSettings
  readonly clock: SandboxClock
  readonly agenda: Agenda
  readonly journal: Journal
  readonly payments: PaymentStore
  readonly withdrawals: WithdrawalStore
  readonly webhooks: WebhookSender
  readonly answers: AnswerStore
  readonly faults: FaultBoard
  readonly chains: SimulatedChains
  /** What carries transactions: simulated until a real node is up. */
  readonly carrier: () => Carrier
  readonly setCarrier: (carrier: Carrier) => void
  readonly switches: Switches
  readonly scenarios: Scenarios
  readonly requests: RequestLog
  /** Where the history came from; chains stand at their registry height at its anchor. */
  readonly origin: () => Origin
  /** The address payers use, without a trailing slash. */
  readonly url: () => string
  readonly setUrl: (url: string) => void
  /** Starts over with a fresh history ending now; webhook endpoints stay. */
  readonly reset: (wish: { readonly seed?: string; readonly historyCount?: number }) => void
}

export function createWorld(settings: SandboxSettings): World {
  const clock = createClock(() => settings.now().getTime())
  const agenda = createAgenda(clock)
  const { journal, entries } = openJournal(settings.dataFile)
  const faults = createFaultBoard(clock.now)
  const payments = createPaymentStore()
  const withdrawals = createWithdrawalStore()
  const answers = createAnswerStore(journal, clock)
  const switches = createSwitches(settings, journal)
  const pace = { blockMs: settings.blockMs, anchor: () => origin.anchor }
  const chains = createSimulatedChains(pace, journal)
  const webhooks = createWebhookSender({
    settings,
    switches,
    clock,
    agenda,
    journal,
    faults,
    payments,
    withdrawals,
  })
  let carrier = createSimulatedCarrier(() => origin.seed)
  let url = settings.publicUrl ?? ''
  let origin: Origin = { seed: settings.seed, anchor: clock.now(), historyCount: 0 }

  const begin = (from: Origin, kept: KeptState) => {
    origin = from
    switches.load(kept.switches)
    chains.load(kept.chains)
    const history = generateHistory(from)
    payments.load([...history.payments, ...kept.payments])
    withdrawals.load([...history.withdrawals, ...kept.withdrawals])
    answers.load(kept.answers)
    webhooks.store.load(kept)
    for (const payment of payments.all()) {
      agenda.schedule('payment', payment.id, nextStepAt(payment))
    }
    for (const withdrawal of withdrawals.all()) {
      agenda.schedule('withdrawal', withdrawal.id, nextWithdrawalStepAt(withdrawal))
    }
    webhooks.resume()
  }

  const freshOrigin = (wish: { seed?: string; historyCount?: number }): Origin => ({
    seed: wish.seed ?? settings.seed,
    anchor: clock.now(),
    historyCount: wish.historyCount ?? settings.historyCount,
  })

  const kept = keptState(entries)
  clock.setOffset(kept.offsetMs)
  const from = kept.origin ?? freshOrigin({})
  if (!kept.origin) journal.append({ kind: 'origin', value: from })
  begin(from, kept)
  putDefaultEndpoint(webhooks.store, settings, clock.now())

  const scenarios = createScenarios(() => world)
  const world: World = {
    settings,
    clock,
    agenda,
    journal,
    payments,
    withdrawals,
    webhooks,
    answers,
    faults,
    chains,
    switches,
    scenarios,
    requests: createRequestLog(),
    origin: () => origin,
    carrier: () => carrier,
    setCarrier: (started) => {
      carrier = started
    },
    url: () => url,
    setUrl: (listening) => {
      url = settings.publicUrl ?? listening
    },
    reset: (wish) => {
      const endpoints = webhooks.store.endpoints()
      const fresh = freshOrigin(wish)
      agenda.clear()
      faults.clear()
      webhooks.store.clear()
      // The old history goes before the new one comes: two of a million would not fit.
      payments.load([])
      withdrawals.load([])
      scenarios.clear()
      journal.restart([
        { kind: 'origin', value: fresh },
        { kind: 'clock', value: { offsetMs: clock.offsetMs() } },
        ...endpoints.map((value): JournalEntry => ({ kind: 'endpoint', value })),
      ])
      begin(fresh, { ...keptState([]), endpoints })
    },
  }
  scenarios.load(kept.scenarios)
  return world
}
