import { TRPCClientError } from '@trpc/client'

/** What went wrong, as far as the browser can tell, in the terms in which screens react to it. */
export interface Fault {
  readonly kind: FaultKind
  /** Which refusal of Desk's it is, such as `step_up_required`; null for everything else. */
  readonly refusal: string | null
  readonly message: string
  /** Names the request in Desk's log. */
  readonly reference: string | null
  /** Whether asking again may help. */
  readonly mayPass: boolean
}

type FaultKind =
  | 'signed_out'
  | 'forbidden'
  | 'not_found'
  | 'refused'
  | 'rate_limited'
  /** The person would rather not prove that it is them: they know, and need no words about it. */
  | 'cancelled'
  | 'unreachable'
  | 'defect'

export function readFault(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error)
  if (!(error instanceof TRPCClientError)) {
    const kind = isMissingCode(error) ? 'unreachable' : 'defect'
    return { kind, message, refusal: null, reference: null, mayPass: false }
  }
  const answer = readAnswer(error.data)
  // Without Desk's own data in it, the answer came from a proxy or there was none.
  if (answer === null) {
    return { kind: 'unreachable', message, refusal: null, reference: null, mayPass: true }
  }
  const { code, httpStatus, requestId, refusal } = answer
  // Whoever proves it never sees this refusal: the call is sent again.
  const isCancelled = refusal === 'step_up_required'
  return {
    kind: isCancelled
      ? 'cancelled'
      : (kinds.get(code) ?? (httpStatus < 500 ? 'refused' : 'defect')),
    message,
    refusal,
    reference: requestId,
    mayPass: httpStatus >= 500,
  }
}

/** A screen's own code did not arrive; browsers tell it apart by their words only. */
function isMissingCode(error: unknown): boolean {
  return error instanceof TypeError && /import(ed|ing).*module/i.test(error.message)
}

interface Answer {
  readonly code: string
  readonly httpStatus: number
  readonly requestId: string | null
  readonly refusal: string | null
}

function readAnswer(data: unknown): Answer | null {
  if (typeof data !== 'object' || data === null) return null
  const fields = new Map<string, unknown>(Object.entries(data))
  const [code, httpStatus] = [fields.get('code'), fields.get('httpStatus')]
  if (typeof code !== 'string' || typeof httpStatus !== 'number') return null
  const text = (name: string) => {
    const value = fields.get(name)
    return typeof value === 'string' ? value : null
  }
  return { code, httpStatus, requestId: text('requestId'), refusal: text('refusal') }
}

const kinds: ReadonlyMap<string, FaultKind> = new Map([
  ['UNAUTHORIZED', 'signed_out'],
  ['FORBIDDEN', 'forbidden'],
  ['NOT_FOUND', 'not_found'],
  ['TOO_MANY_REQUESTS', 'rate_limited'],
])
