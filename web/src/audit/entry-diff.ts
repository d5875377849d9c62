import * as z from 'zod/mini'

/** One thing that is told before, after, or both. Null: not told on that side. */
export interface DiffRow {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
  readonly change: 'changed' | 'same' | 'added' | 'removed'
}

/**
 * What two JSON texts say, name by name, in the order in which the names come up; an entry that tells
 * one side only has rows for that side. What is no JSON object is one row without a name.
 */
export function entryDiff(before: string | null, after: string | null): readonly DiffRow[] {
  const [was, is] = [sidesOf(before), sidesOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => {
    const [old, now] = [was.get(name) ?? null, is.get(name) ?? null]
    return { name, before: old, after: now, change: changeOf(old, now) }
  })
}

function changeOf(before: string | null, after: string | null): DiffRow['change'] {
  if (before === after) return 'same'
  if (before === null) return 'added'
  return after === null ? 'removed' : 'changed'
}

const object = z.record(z.string(), z.unknown())

function sidesOf(json: string | null): ReadonlyMap<string, string> {
  if (json === null) return new Map()
  const value = parsed(json)
  const read = object.safeParse(value)
  if (!read.success) return new Map([['', inWords(value)]])
  return new Map(Object.entries(read.data).map(([name, each]) => [name, inWords(each)]))
}

/** Lists of plain values read as lists; whatever is deeper stays JSON. */
function inWords(value: unknown): string {
  if (value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none'
    return value.map((each) => (isPlain(each) ? inWords(each) : JSON.stringify(each))).join(', ')
  }
  return JSON.stringify(value)
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return json
    throw error
  }
}
