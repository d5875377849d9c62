import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  type IBackoff,
} from 'cockatiel'

export type CircuitStateName = 'closed' | 'open' | 'half_open'

/** Stops calling a host that keeps failing, and now and then lets one call through to look again. */
export interface Circuit {
  readonly state: CircuitStateName
  /** When the next call is let through, or null when calls may go out now. */
  readonly opensUpAt: () => Date | null
  /** Runs `exchange` and counts its result; `refused` when the circuit is open. */
  run<T>(exchange: () => Promise<T>): Promise<T | 'refused'>
}

/** `isFailure` judges what an exchange returned: failures are values here, throwing is a defect. */
export function createCircuit(
  isFailure: (result: unknown) => boolean,
  onChange: (state: CircuitStateName) => void,
): Circuit {
  let pauseMs = 0
  let opensUpAt: Date | null = null
  const pause = ({ attempt }: { readonly attempt: number }): IBackoff<{ attempt: number }> => {
    pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1))
    return { duration: pauseMs, next: pause }
  }
  const policy = circuitBreaker(handleWhenResult(isFailure), {
    breaker: new ConsecutiveBreaker(failuresInARow),
    halfOpenAfter: { next: pause },
  })
  policy.onStateChange((state) => {
    opensUpAt = state === CircuitState.Open ? new Date(Date.now() + pauseMs) : null
    onChange(stateNames[state])
  })

  return {
    get state() {
      return stateNames[policy.state]
    },
    opensUpAt: () => (opensUpAt !== null && opensUpAt.getTime() > Date.now() ? opensUpAt : null),
    run: async (exchange) => {
      try {
        return await policy.execute(exchange)
      } catch (error) {
        if (error instanceof BrokenCircuitError) return 'refused'
        throw error
      }
    },
  }
}

const failuresInARow = 5
const firstPauseMs = 10_000
const longestPauseMs = 60_000

const stateNames = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
} as const satisfies Record<CircuitState, CircuitStateName>
