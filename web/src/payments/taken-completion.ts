import type { SearchCompletion } from '@desk/shared/payments/complete-search'

/** The text with the completion in its place, and the caret behind it. */
export function afterTaking(
  typed: string,
  { start, end, insert }: SearchCompletion,
): { readonly text: string; readonly caret: number } {
  return {
    text: typed.slice(0, start) + insert + typed.slice(end),
    caret: start + insert.length,
  }
}

/** Whether something of it stands there already: only then Tab takes it without being asked to. */
export function beginsWithTyped(typed: string, { start, end, insert }: SearchCompletion): boolean {
  return end > start && insert.toLowerCase().startsWith(typed.slice(start, end).toLowerCase())
}

/**
 * Whether the list opens by itself while somebody types: where a word is begun or a value is due, but
 * not after each space between plain words, where it would only cover what they found.
 */
export function isOfferedUnasked(typed: string, caret: number): boolean {
  const before = typed.slice(0, caret)
  return before.includes(':') || /\S$/.test(before)
}
