import { randomUUID } from 'node:crypto'
import type { Html } from '../pages/html.ts'

/** What a page has to say about the form that was sent last. */
export interface Told {
  /** What was done, in a sentence. */
  readonly done: Html | null
  /** Why it was refused, and by which field; null when nothing was. */
  readonly refusal: Refusal | null
}

export interface Refusal {
  readonly param: string | null
  readonly message: string
  /** What was typed, so that nobody types it twice. */
  readonly values: Readonly<Record<string, string>>
}

export const nothingTold: Told = { done: null, refusal: null }

/** Sentences between a form and the page after it. */
export interface Notices {
  /** Answers the ticket with which it can be taken, once. */
  readonly leave: (sentence: Html) => string
  readonly take: (ticket: string | undefined) => Html | null
}

const KEPT_MAX = 50

/** A new secret may be among them, so each is shown once and none is written down. */
export function createNotices(): Notices {
  const sentences = new Map<string, Html>()
  return {
    leave: (sentence) => {
      const [oldest] = sentences.keys()
      if (sentences.size >= KEPT_MAX && oldest !== undefined) sentences.delete(oldest)
      const ticket = randomUUID()
      sentences.set(ticket, sentence)
      return ticket
    },
    take: (ticket = '') => {
      const sentence = sentences.get(ticket) ?? null
      sentences.delete(ticket)
      return sentence
    },
  }
}
