/** What became of a call to SpacePay that did not succeed. */
export type GatewayOutcome =
  /** SpacePay understood the request and said no (400, 422, other 4xx). */
  | 'refused'
  /** Too many requests, at SpacePay or by our own budget; `retryAt` says when to come back. */
  | 'rate_limited'
  /** No usable answer: connection lost, timeout, 5xx. */
  | 'unavailable'
  /** The secret key was not accepted (401, 403). */
  | 'unauthorized'
  /** The idempotency key is in use, or was used for another request (409). */
  | 'conflict'
  | 'not_found'
  /** An answer came, but not one the contract allows: HTML, broken JSON, a redirect, 20 MB and more. */
  | 'undecodable'
  /** Not sent: SpacePay failed too often just now; `retryAt` says when it is tried again. */
  | 'circuit_open'

export interface GatewayFailure {
  readonly outcome: GatewayOutcome
  /**
   * Whether SpacePay may have carried the request out. Always false for reads. True for a write
   * that reached SpacePay, or may have, without a clear no; also for a conflict, since whoever
   * used the key first may have succeeded.
   */
  readonly mayHaveTakenEffect: boolean
  /** HTTP status, or null when there was no answer. */
  readonly status: number | null
  /** SpacePay's error code, or the transport's (such as `ECONNRESET`, `timeout`). */
  readonly code: string | null
  /** The request field at fault, when SpacePay names one. */
  readonly param: string | null
  /** SpacePay's own id of the request, to quote to its support. */
  readonly requestId: string | null
  readonly retryAt: Date | null
  /** For people. */
  readonly message: string
}

/** The one error that calls through the gateway throw; it never holds the secret key. */
export class GatewayError extends Error implements GatewayFailure {
  override readonly name = 'GatewayError'
  /** Method and path pattern, such as `GET /payments/{id}`. */
  readonly route: string
  /** How many times the request was put on the wire or tried to be. */
  readonly attempts: number
  readonly outcome: GatewayOutcome
  readonly mayHaveTakenEffect: boolean
  readonly status: number | null
  readonly code: string | null
  readonly param: string | null
  readonly requestId: string | null
  readonly retryAt: Date | null

  constructor(failure: GatewayFailure, call: { route: string; attempts: number; cause?: Error }) {
    super(`${call.route}: ${failure.message}`, call.cause && { cause: call.cause })
    this.route = call.route
    this.attempts = call.attempts
    this.outcome = failure.outcome
    this.mayHaveTakenEffect = failure.mayHaveTakenEffect
    this.status = failure.status
    this.code = failure.code
    this.param = failure.param
    this.requestId = failure.requestId
    this.retryAt = failure.retryAt
  }
}

/** A failure with nothing known about it yet but its outcome and a sentence. */
export function failureOf(
  outcome: GatewayOutcome,
  message: string,
  known: Partial<GatewayFailure> = {},
): GatewayFailure {
  return { ...nothingKnown, ...known, outcome, message }
}

const nothingKnown = {
  mayHaveTakenEffect: false,
  status: null,
  code: null,
  param: null,
  requestId: null,
  retryAt: null,
} as const
