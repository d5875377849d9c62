import { COUNTED_MAX } from './system-facts.ts'

/** Fine; on its way and nothing to do; somebody should look. */
export type SignState = 'ok' | 'waiting' | 'warning'

/** Where something is looked at or mended. */
export type SignPlace = '/webhooks' | '/attention' | '/exports' | '/withdrawals' | '/audit'

export interface SystemSign {
  readonly name: string
  readonly state: SignState
  /** The state in a word or two. */
  readonly word: string
  /** What is the case, in a plain sentence. */
  readonly sentence: string
  /** What a person can do about it; null where there is nothing to do. */
  readonly advice: string | null
  readonly place: SignPlace | null
}

type Judged = Omit<SystemSign, 'advice' | 'place'> & Partial<Pick<SystemSign, 'advice' | 'place'>>

export function sign(judged: Judged): SystemSign {
  return { advice: null, place: null, ...judged }
}

/** For a part that could not be read. */
export function unread(name: string): SystemSign {
  return sign({
    name,
    state: 'warning',
    word: 'Not read',
    sentence: 'Desk could not read this in time.',
    advice:
      'Look again in a minute. If it stays so, the database is overloaded: see the log of Desk.',
  })
}

/** `"no job"`, `"1 job"`, `"1,000 or more jobs"`. */
export function countWords(count: number, noun: string): string {
  if (count === 0) return `no ${noun}`
  if (count === 1) return `1 ${noun}`
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return count >= COUNTED_MAX
    ? `${numbers.format(COUNTED_MAX)} or more ${plural}`
    : `${numbers.format(count)} ${plural}`
}

export const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
