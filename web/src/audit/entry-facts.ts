import * as z from 'zod/mini'
import { roleText } from '@desk/shared/identity/roles'
import { role } from '@desk/shared/identity/role-schema'

/** What stands beside an entry. Old entries may lack any of it or hold something else. */
export interface EntryFacts {
  /** Empty where there is no such text. */
  readonly text: (name: string) => string
  /** Zero where there is no such number. */
  readonly count: (name: string) => number
  readonly isTrue: (name: string) => boolean
  /** How many of them, or none. */
  readonly length: (name: string) => number
  /** The texts among them. */
  readonly texts: (name: string) => readonly string[]
  /** Roles by the names people know them by. */
  readonly roles: readonly string[]
}

/** Reads the JSON text of `before` or `after`; null has no facts. */
export function factsOf(json: string | null): EntryFacts {
  const read = json === null ? null : anyRecord.safeParse(parsed(json))
  const facts = read?.success ? read.data : {}
  const list = (name: string): readonly unknown[] => {
    const value = facts[name]
    return Array.isArray(value) ? value : []
  }
  return {
    text: (name) => {
      const value = facts[name]
      return typeof value === 'string' ? value : ''
    },
    count: (name) => {
      const value = facts[name]
      return typeof value === 'number' ? value : 0
    },
    isTrue: (name) => facts[name] === true,
    length: (name) => list(name).length,
    texts: (name) => list(name).filter((value) => typeof value === 'string'),
    roles: list('roles').map(roleName),
  }
}

/** `['a', 'b', 'c']` → `"a, b and c"`. */
export function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

const anyRecord = z.record(z.string(), z.unknown())

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function roleName(value: unknown): string {
  const known = role.safeParse(value)
  return known.success ? roleText[known.data].label : String(value)
}
