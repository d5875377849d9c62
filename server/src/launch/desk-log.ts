import pino, { type DestinationStream, type Logger } from 'pino'

/**
 * JSON lines on standard output. Whoever logs a request, a row or an error by mistake does not log what
 * opens anything: fields are hidden by their name at any depth, keys and passwords within text by form.
 */
export function deskLog(level: string, into?: DestinationStream): Logger {
  const options = {
    level,
    formatters: { log: (fields: Record<string, unknown>) => withoutSecrets(fields) },
    serializers: { err: (error: Error) => withoutSecrets({ ...pino.stdSerializers.err(error) }) },
    hooks: { streamWrite: withoutKeys },
  }
  return into ? pino(options, into) : pino(options)
}

const HIDDEN = '[hidden]'
const depthMax = 6
/** How the names of such fields end, in small letters and without `-` and `_`. */
const secretNames =
  /(?:password|passwordhash|token|secrets?|secretkey|encryptionkey|authorization|cookie|link|paymenturl|smtpurl|databaseurl|connectionstring|recoverycodes?)$/
/** What a person types and what a program reports share this name: words and SQLSTATEs are reports. */
const reportedCode = /^(?:[A-Za-z]+(?:_[A-Za-z]+)*|[0-9A-Z]{5})$/

function withoutSecrets(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, shown(name, value, depth)]),
  )
}

function shown(name: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined) return value
  const plain = name.toLowerCase().replaceAll(/[-_]/g, '')
  if (secretNames.test(plain)) return HIDDEN
  const isReport = typeof value === 'string' && reportedCode.test(value)
  if (plain === 'code' && !isReport) return HIDDEN
  if (Array.isArray(value)) return value.map((each) => shown('', each, depth + 1))
  if (!isPlainObject(value)) return value
  return depth < depthMax ? withoutSecrets(value, depth + 1) : HIDDEN
}

/** Errors, dates and the like know themselves how they are written. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Messages and stacks quote what went wrong: API keys, webhook secrets, passwords in addresses. */
export function withoutKeys(line: string): string {
  return line
    .replaceAll(/\b(sk|whsec)_\w+/g, `$1_${HIDDEN}`)
    .replaceAll(/:\/\/[^\s"'/:@]*:[^\s"'/@]+@/g, `://${HIDDEN}@`)
}
