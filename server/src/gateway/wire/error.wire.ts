import * as z from 'zod'

/** What an error answer says about itself; null where it is silent. */
export interface UpstreamProblem {
  readonly code: string | null
  readonly message: string | null
  /** The request field at fault. */
  readonly param: string | null
  readonly requestId: string | null
}

/**
 * Reads every published error: nested `{error: {…}}`, flat `{code, message}`, NestJS's own
 * `{statusCode, message, error}`, or none at all (a proxy's page). Never throws: an unreadable
 * error is still an error. `status` is the HTTP status, which names the code when nothing else does.
 */
export function decodeError(status: number, body: unknown): UpstreamProblem {
  const parsed = errorWire.safeParse(body)
  if (!parsed.success) return { ...silent, code: codeByStatus.get(status) ?? null }
  const { error, code, message, param, requestId } = parsed.data
  const nested = typeof error === 'object' ? error : null
  return {
    code: nested?.code ?? code ?? codeByStatus.get(status) ?? null,
    message: nested?.message ?? message ?? (typeof error === 'string' ? error : null),
    param: nested?.param ?? param,
    requestId: requestId ?? nested?.requestId ?? null,
  }
}

const silent = { message: null, param: null, requestId: null } as const

const longestWord = 500

const word = z.union([z.string(), z.number()]).nullable().catch(null).transform(presentable)

const sentences = z
  .union([z.string(), z.array(z.string())])
  .nullable()
  .catch(null)
  .transform((value) => presentable(Array.isArray(value) ? value.join('; ') : value))

/** Error texts end up in logs and on screens, so they are short and free of control characters. */
function presentable(value: string | number | null): string | null {
  return value === null
    ? null
    : String(value)
        .replaceAll(/\p{Cc}+/gu, ' ')
        .slice(0, longestWord)
}

const errorWire = z.object({
  error: z
    .union([z.string(), z.object({ code: word, message: sentences, param: word, requestId: word })])
    .nullable()
    .catch(null),
  code: word,
  message: sentences,
  param: word,
  requestId: word,
})

const codeByStatus: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request'],
  [401, 'unauthorized'],
  [409, 'idempotency_conflict'],
  [422, 'validation_error'],
  [429, 'rate_limited'],
  [500, 'server_error'],
])
