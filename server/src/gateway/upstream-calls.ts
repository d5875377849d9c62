import { createCircuit, type Circuit } from './circuit.ts'
import {
  failureOf,
  GatewayError,
  type GatewayFailure,
  type GatewayOutcome,
} from './gateway-error.ts'
import { TransportFault, type HttpRequest, type HttpTransport } from './http-transport.ts'
import { FailedExchange, judgeAnswer, judgeFault, type Judgement } from './judge-answer.ts'
import { RateBudgetExhausted, type RateBudget, type Waiting } from './rate-budget.ts'
import { fullJitterMs } from './retry-delay.ts'
import type { UpstreamHealthRecorder } from './upstream-health.ts'

export interface UpstreamCall extends Omit<HttpRequest, 'timeoutMs'> {
  /** Method and path pattern for errors and logs; holds no ids. */
  readonly route: string
  /**
   * What may be sent again by itself. `after_429`: only what SpacePay certainly did not carry out.
   * `after_any_fault`: reads, and writes whose key makes a repeat harmless.
   */
  readonly repeat: 'never' | 'after_429' | 'after_any_fault'
  /** For a route whose status is the whole answer. */
  readonly acceptsAnyBody?: boolean
}

export interface UpstreamTimeouts {
  /** One exchange of a read, until the last byte. */
  readonly readMs: number
  /** One exchange of a write: longer, because giving up on a write leaves a question. */
  readonly writeMs: number
  /** A whole call with its waiting and repeats. */
  readonly callMs: number
}

/** The part of a pino logger that is used here. */
export interface GatewayLog {
  warn(facts: object, message: string): void
}

export interface UpstreamCallsOptions {
  readonly transport: HttpTransport
  readonly budget: RateBudget
  readonly health: UpstreamHealthRecorder
  readonly log: GatewayLog
  readonly waiting: Waiting
  readonly random: () => number
  readonly timeouts: UpstreamTimeouts
  readonly redact: (text: string) => string
}

/** Makes the function every route calls through. It resolves to JSON or throws GatewayError. */
export function createUpstreamCalls(
  options: UpstreamCallsOptions,
): (call: UpstreamCall) => Promise<unknown> {
  const { health, random, timeouts, waiting } = options
  const circuit: Circuit = createCircuit(isOutage, (state) =>
    health.circuitChanged(state, circuit.opensUpAt()),
  )

  return async (call) => {
    const deadlineMs = waiting.now().getTime() + timeouts.callMs
    let mayHaveTakenEffect = false
    for (let attempt = 1; ; attempt++) {
      const result = await attemptOnce(options, circuit, { call, deadlineMs })
      if (result.ok) {
        health.answered(waiting.now())
        return result.json
      }
      mayHaveTakenEffect ||= result.failure.mayHaveTakenEffect
      const failure = { ...result.failure, mayHaveTakenEffect }
      const resumeAtMs = await resumeAt(options, failure, fullJitterMs(attempt, random))
      const willRepeat =
        attempt < attemptsMax && mayRepeat(call, failure) && resumeAtMs < deadlineMs
      report(options, failure, { route: call.route, attempt, willRepeat })
      if (!willRepeat) throw new GatewayError(failure, { route: call.route, attempts: attempt })
      // After a 429 the budget itself makes everybody wait, this call included.
      if (failure.status !== 429) await waiting.sleep(resumeAtMs - waiting.now().getTime())
    }
  }
}

const attemptsMax = 5

async function attemptOnce(
  options: UpstreamCallsOptions,
  circuit: Circuit,
  { call, deadlineMs }: { readonly call: UpstreamCall; readonly deadlineMs: number },
): Promise<Judgement> {
  const { budget, timeouts, waiting } = options
  const leftMs = () => deadlineMs - waiting.now().getTime()
  const opensUpAt = circuit.opensUpAt()
  if (opensUpAt !== null) return circuitOpen(opensUpAt)
  try {
    await budget.take({ waitMsMax: leftMs() })
  } catch (error) {
    if (error instanceof RateBudgetExhausted) return outOfBudget(error)
    throw error
  }
  const longestMs = call.method === 'POST' ? timeouts.writeMs : timeouts.readMs
  const timeoutMs = Math.max(1, Math.min(longestMs, leftMs()))
  const judged = await circuit.run(() => exchange(options, call, timeoutMs))
  return judged === 'refused' ? circuitOpen(circuit.opensUpAt()) : judged
}

async function exchange(
  { transport, redact, waiting }: UpstreamCallsOptions,
  call: UpstreamCall,
  timeoutMs: number,
): Promise<Judgement> {
  const context = () => ({
    isWrite: call.method === 'POST',
    acceptsAnyBody: call.acceptsAnyBody ?? false,
    now: waiting.now(),
    redact,
  })
  try {
    return judgeAnswer(await transport.send({ ...call, timeoutMs }), context())
  } catch (error) {
    if (error instanceof TransportFault) return judgeFault(error, context())
    throw error
  }
}

function circuitOpen(retryAt: Date | null): FailedExchange {
  const message = 'Not sent: SpacePay failed too often in a row and is left alone for a moment.'
  return new FailedExchange(failureOf('circuit_open', message, { retryAt }))
}

function outOfBudget({ retryAt }: RateBudgetExhausted): FailedExchange {
  const message =
    'Not sent: the calls that SpacePay allows are used up for longer than one can wait.'
  return new FailedExchange(failureOf('rate_limited', message, { code: 'rate_budget', retryAt }))
}

/** Whether SpacePay is out of order, as opposed to saying no. */
function isOutage(result: unknown): boolean {
  return result instanceof FailedExchange && result.failure.outcome === 'unavailable'
}

function mayRepeat(call: UpstreamCall, { outcome, status, code }: GatewayFailure): boolean {
  if (status === 429) return call.repeat !== 'never'
  if (code === 'closed') return false
  return outcome === 'unavailable' && call.repeat === 'after_any_fault'
}

/** When to go on, in epoch milliseconds. SpacePay's own wish is the least; a 429 holds all Desks. */
async function resumeAt(
  { budget, health, waiting }: UpstreamCallsOptions,
  failure: GatewayFailure,
  jitterMs: number,
): Promise<number> {
  const resumeAtMs = Math.max(waiting.now().getTime(), failure.retryAt?.getTime() ?? 0) + jitterMs
  if (failure.status === 429) {
    const until = new Date(resumeAtMs)
    await budget.blockUntil(until)
    health.rateLimited(until)
  }
  return resumeAtMs
}

function report(
  { health, log, waiting }: UpstreamCallsOptions,
  failure: GatewayFailure,
  progress: { readonly route: string; readonly attempt: number; readonly willRepeat: boolean },
): void {
  const { outcome, status, code, requestId } = failure
  if (saysNoOnPurpose.has(outcome)) health.answered(waiting.now())
  else health.failed(failure, waiting.now())
  log.warn({ ...progress, outcome, status, code, requestId }, 'SpacePay call failed')
}

const saysNoOnPurpose: ReadonlySet<GatewayOutcome> = new Set(['refused', 'conflict', 'not_found'])
