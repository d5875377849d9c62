import type { ExactJson } from './snapshot-diff.ts'

/** Strings as a whole, so that digits in them are left alone, and numbers. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
/** Stands for a number until the rest is parsed; no sender uses this key. */
const DIGITS = '\u0001digits'

/** JSON with every number in its own spelling; null for what is no JSON. */
export function readExactJson(text: string): { readonly value: ExactJson } | null {
  const marked = text.replace(stringOrNumber, (token) =>
    token.startsWith('"') ? token : JSON.stringify({ [DIGITS]: token }),
  )
  try {
    // A number may be misspelt, which only the whole text shows.
    JSON.parse(text)
    return { value: exact(JSON.parse(marked)) }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The payment or withdrawal that an event tells of, or all of it where it tells of neither. */
export function snapshotIn(event: ExactJson): ExactJson {
  const data = event instanceof Map ? event.get('data') : undefined
  if (!(data instanceof Map)) return event
  return data.get('payment') ?? data.get('withdrawal') ?? data
}

function exact(value: unknown): ExactJson {
  if (Array.isArray(value)) return value.map(exact)
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
    const [only] = fields
    if (only?.[0] === DIGITS && typeof only[1] === 'string') return { digits: only[1] }
    return new Map(fields.map(([name, field]) => [name, exact(field)]))
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}
