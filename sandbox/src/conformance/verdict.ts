import type * as z from 'zod'
import type { Answer } from './service.ts'

/** The service does something else than what was published. */
export class Failed extends Error {
  readonly expected: string
  readonly got: string

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`)
    this.name = 'Failed'
    this.expected = expected
    this.got = got
  }
}

/** Nothing can be said; the message says why. */
export class Skipped extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Skipped'
  }
}

/** Fails the check unless `isSo`. */
export function demand(isSo: boolean, expected: string, got: unknown): asserts isSo {
  if (!isSo) throw new Failed(expected, inWords(got))
}

/** The answer's body read by `schema`; a mismatch names the first members that are wrong. */
export function bodyOf<T extends z.ZodType>(answer: Answer, schema: T): z.infer<T> {
  demand(answer.body !== undefined, `${answer.call} to answer JSON`, answer)
  const read = schema.safeParse(answer.body)
  if (read.success) return read.data
  const faults = read.error.issues.map(
    (issue) => `${issue.path.map(String).join('.') || 'the body'}: ${issue.message}`,
  )
  throw new Failed(
    `${answer.call} to answer ${schema.description ?? 'the published shape'}`,
    `${faults.slice(0, FAULTS_SHOWN).join('; ')} in ${inWords(answer)}`,
  )
}

/** Fails unless the answer has one of these statuses. */
export function demandStatus(answer: Answer, ...statuses: readonly number[]): void {
  demand(
    statuses.includes(answer.status),
    `${answer.call} to answer ${statuses.join(' or ')}`,
    answer,
  )
}

const FAULTS_SHOWN = 3
const CHARACTERS_SHOWN = 200

function inWords(got: unknown): string {
  const text = isAnswer(got)
    ? `${got.status} ${got.text}`
    : typeof got === 'string'
      ? got
      : (JSON.stringify(got) ?? 'nothing')
  const line = withoutSecrets(text).replaceAll(/\s+/g, ' ').trim()
  return line.length > CHARACTERS_SHOWN ? `${line.slice(0, CHARACTERS_SHOWN)}…` : line
}

/** Reports are pasted into tickets: a payment secret opens the payment. */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/("secret\w*"\s*:\s*")[^"]*/gi, '$1…')
    .replaceAll(/([?&]secret=)[^&"\s]*/gi, '$1…')
}

function isAnswer(got: unknown): got is Answer {
  return typeof got === 'object' && got !== null && 'text' in got && 'call' in got
}
