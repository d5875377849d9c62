import type { CircuitStateName } from './circuit.ts'
import type { GatewayFailure, GatewayOutcome } from './gateway-error.ts'

/** How SpacePay has been answering this Desk since it started, for the status page. */
export interface UpstreamState {
  /** The last answer of any kind that SpacePay gave on purpose (a 404 counts). */
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
  readonly lastFailure: {
    readonly outcome: GatewayOutcome
    readonly status: number | null
    readonly code: string | null
    readonly message: string
  } | null
  readonly circuit: CircuitStateName
  /** While the circuit is open: when SpacePay is tried again. */
  readonly retryAt: Date | null
  readonly rateLimitedCount: number
  /** No calls before this instant, as SpacePay asked with its last 429. */
  readonly blockedUntil: Date | null
}

export interface UpstreamHealth {
  /** The state as of the last change; a new object each time. */
  readonly current: () => UpstreamState
  /** Calls `listener` after every change; the returned function ends that. */
  readonly subscribe: (listener: (state: UpstreamState) => void) => () => void
}

export interface UpstreamHealthRecorder extends UpstreamHealth {
  readonly answered: (at: Date) => void
  readonly failed: (failure: GatewayFailure, at: Date) => void
  readonly rateLimited: (until: Date) => void
  readonly circuitChanged: (circuit: CircuitStateName, retryAt: Date | null) => void
}

export function createUpstreamHealth(): UpstreamHealthRecorder {
  const listeners = new Set<(state: UpstreamState) => void>()
  let state = untouched
  const change = (changes: Partial<UpstreamState>) => {
    state = { ...state, ...changes }
    for (const listener of listeners) listener(state)
  }

  return {
    current: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    answered: (at) => change({ lastSuccessAt: at }),
    failed: ({ outcome, status, code, message }, at) =>
      change({ lastFailureAt: at, lastFailure: { outcome, status, code, message } }),
    rateLimited: (until) =>
      change({ rateLimitedCount: state.rateLimitedCount + 1, blockedUntil: until }),
    circuitChanged: (circuit, retryAt) => change({ circuit, retryAt }),
  }
}

const untouched: UpstreamState = {
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  circuit: 'closed',
  retryAt: null,
  rateLimitedCount: 0,
  blockedUntil: null,
}
