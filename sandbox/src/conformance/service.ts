import { setTimeout as pause } from 'node:timers/promises'
import { Failed } from './verdict.ts'

const ANSWER_MS_MAX = 30_000
const TRIES_MAX = 6
const PAUSE_MS_MAX = 60_000

export interface Answer {
  /** Such as `GET /v1`, for reports. */
  readonly call: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON; undefined when there is none. */
  readonly body: unknown
}

export interface Sent {
  /** Text goes out as it is, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Who asks; the merchant unless told otherwise. */
  readonly as?: 'merchant' | 'nobody'
}

export interface Service {
  /** Paths start with `/v1`. */
  readonly get: (path: string, sent?: Sent) => Promise<Answer>
  readonly post: (path: string, body: unknown, sent?: Omit<Sent, 'body'>) => Promise<Answer>
  readonly delete: (path: string) => Promise<Answer>
}

/** Calls at one base URL. Waits and asks again when told 429; no answer at all fails the check. */
export function openService(baseUrl: string, secretKey: string): Service {
  const once = async (method: string, path: string, sent: Sent): Promise<Answer> => {
    const call = `${method} ${path}`
    const headers = {
      ...(sent.as !== 'nobody' && { 'X-SpacePay-Secret-Key': secretKey }),
      ...(sent.body !== undefined && { 'Content-Type': 'application/json' }),
      ...sent.headers,
    }
    const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body)
    try {
      const response = await fetch(baseUrl + path, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      return {
        call,
        status: response.status,
        headers: response.headers,
        text,
        body: jsonOf(text),
      }
    } catch (error) {
      // fetch reports every trouble of the network as an error; there is nothing else in here that throws.
      if (!(error instanceof Error)) throw error
      const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
      throw new Failed(`${call} to be answered`, `no answer (${error.message}${cause})`)
    }
  }

  const call = async (method: string, path: string, sent: Sent = {}): Promise<Answer> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(method, path, sent)
      if (answer.status !== 429 || tries === TRIES_MAX) return answer
      await pause(pauseMs(answer.headers.get('retry-after'), tries))
    }
  }

  return {
    get: (path, sent) => call('GET', path, sent),
    post: (path, body, sent) => call('POST', path, { ...sent, body }),
    delete: (path) => call('DELETE', path),
  }
}

/** What `Retry-After` says, in seconds or as a date; without it longer from try to try. */
function pauseMs(retryAfter: string | null, tries: number): number {
  const asked = retryAfter === null ? Number.NaN : Number(retryAfter) * 1_000
  const until = retryAfter === null ? Number.NaN : Date.parse(retryAfter) - Date.now()
  const wanted = [asked, until, 500 * 2 ** tries].find((ms) => Number.isFinite(ms)) ?? 0
  return Math.min(Math.max(wanted, 0), PAUSE_MS_MAX)
}

/** The value of a JSON text; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    // JSON.parse throws nothing but its one complaint.
    return undefined
  }
}
