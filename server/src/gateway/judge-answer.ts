import { failureOf, type GatewayFailure, type GatewayOutcome } from './gateway-error.ts'
import type { HttpAnswer, TransportFault } from './http-transport.ts'
import { retryAfterMs } from './retry-delay.ts'
import { decodeError } from './wire/error.wire.ts'

/** What one exchange came to. */
export type Judgement = { readonly ok: true; readonly json: unknown } | FailedExchange

export class FailedExchange {
  readonly ok = false
  readonly failure: GatewayFailure

  constructor(failure: GatewayFailure) {
    this.failure = failure
  }
}

export interface JudgementContext {
  readonly isWrite: boolean
  readonly acceptsAnyBody: boolean
  readonly now: Date
  /** Removes the secret key from text that SpacePay wrote. */
  readonly redact: (text: string) => string
}

export function judgeAnswer(answer: HttpAnswer, context: JudgementContext): Judgement {
  const outcome = outcomeOf(answer.status)
  const body = parseJson(answer.text)
  if (outcome === 'success') {
    if (body.readable) return { ok: true, json: body.json }
    return context.acceptsAnyBody ? { ok: true, json: null } : undecodable(answer, context)
  }
  if (outcome === 'undecodable') return undecodable(answer, context)

  const problem = decodeError(answer.status, body.readable ? body.json : null)
  const said = problem.message === null ? '' : `: ${context.redact(problem.message)}`
  const pauseMs = retryAfterMs(answer.retryAfter, context.now)
  return new FailedExchange(
    failureOf(outcome, `SpacePay answered ${answer.status}${said}`, {
      mayHaveTakenEffect: context.isWrite && (outcome === 'unavailable' || outcome === 'conflict'),
      status: answer.status,
      code: redactMaybe(problem.code, context),
      param: redactMaybe(problem.param, context),
      requestId: redactMaybe(problem.requestId ?? answer.requestId, context),
      retryAt: pauseMs === null ? null : new Date(context.now.getTime() + pauseMs),
    }),
  )
}

export function judgeFault(fault: TransportFault, { isWrite }: JudgementContext): Judgement {
  const outcome = fault.problem === 'too_large' ? 'undecodable' : 'unavailable'
  return new FailedExchange(
    failureOf(outcome, faultSentences[fault.problem], {
      mayHaveTakenEffect: isWrite && fault.mayHaveArrived,
      code: fault.code,
    }),
  )
}

const faultSentences = {
  timeout: 'SpacePay did not answer in time.',
  connection: 'The connection to SpacePay failed.',
  too_large: 'SpacePay sent an answer larger than any it documents.',
  closed: 'Desk is closing its connections to SpacePay.',
} as const satisfies Record<TransportFault['problem'], string>

function outcomeOf(status: number): GatewayOutcome | 'success' {
  if (status >= 200 && status < 300) return 'success'
  if (status < 400) return 'undecodable'
  if (status >= 500) return 'unavailable'
  return outcomeByStatus.get(status) ?? 'refused'
}

const outcomeByStatus: ReadonlyMap<number, GatewayOutcome> = new Map([
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [404, 'not_found'],
  // The host gave up waiting for the request: as unclear as a timeout of our own.
  [408, 'unavailable'],
  [409, 'conflict'],
  [429, 'rate_limited'],
])

function undecodable(answer: HttpAnswer, context: JudgementContext): Judgement {
  const isRedirect = answer.status >= 300
  const kind = answer.contentType === null ? 'no content type' : context.redact(answer.contentType)
  const message = isRedirect
    ? `SpacePay answered ${answer.status}, a redirect, which Desk does not follow.`
    : `SpacePay answered ${answer.status} with something that is not JSON (${kind}).`
  return new FailedExchange(
    failureOf('undecodable', message, {
      mayHaveTakenEffect: context.isWrite,
      status: answer.status,
      code: isRedirect ? 'redirect_not_followed' : 'not_json',
      requestId: redactMaybe(answer.requestId, context),
    }),
  )
}

function redactMaybe(text: string | null, { redact }: JudgementContext): string | null {
  return text === null ? null : redact(text)
}

function parseJson(
  text: string,
): { readonly readable: true; readonly json: unknown } | { readonly readable: false } {
  try {
    return { readable: true, json: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return { readable: false }
    throw error
  }
}
