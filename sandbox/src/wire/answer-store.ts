import type { SandboxClock } from '../state/clock.ts'
import type { Journal } from '../state/journal.ts'
import type { StoredAnswer } from './stored-answer.ts'

const KEPT_MS = 24 * 60 * 60 * 1_000

export type Claim =
  | { readonly kind: 'first' }
  | { readonly kind: 'replay'; readonly answer: StoredAnswer }
  | { readonly kind: 'other_body' }
  | { readonly kind: 'in_progress' }

/** Answers by idempotency scope, kept for 24 hours of sandbox time. */
export interface AnswerStore {
  /** Takes the scope for this request, or says why it may not go ahead. */
  readonly claim: (scope: string, bodyHash: string) => Claim
  readonly keep: (answer: StoredAnswer) => void
  /** Gives a claimed scope back without an answer. */
  readonly release: (scope: string) => void
  readonly load: (answers: readonly StoredAnswer[]) => void
}

export function createAnswerStore(journal: Journal, clock: SandboxClock): AnswerStore {
  const answers = new Map<string, StoredAnswer>()
  const running = new Map<string, string>()

  const forgetOld = () => {
    // Oldest first: a key is only ever kept again after it was forgotten.
    for (const answer of answers.values()) {
      if (clock.now() - answer.at < KEPT_MS) return
      answers.delete(answer.scope)
    }
  }

  return {
    claim: (scope, bodyHash) => {
      forgetOld()
      const claimed = running.get(scope)
      if (claimed !== undefined) {
        return { kind: claimed === bodyHash ? 'in_progress' : 'other_body' }
      }
      const answer = answers.get(scope)
      if (!answer) {
        running.set(scope, bodyHash)
        return { kind: 'first' }
      }
      return answer.bodyHash === bodyHash ? { kind: 'replay', answer } : { kind: 'other_body' }
    },
    keep: (answer) => {
      running.delete(answer.scope)
      answers.set(answer.scope, answer)
      journal.append({ kind: 'answer', value: answer })
    },
    release: (scope) => {
      running.delete(scope)
    },
    load: (kept) => {
      answers.clear()
      running.clear()
      for (const answer of kept) answers.set(answer.scope, answer)
      forgetOld()
    },
  }
}
