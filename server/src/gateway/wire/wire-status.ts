/** A status word in our spelling, with the word as it was sent. */
export interface WireStatus {
  readonly status: string
  readonly rawStatus: string
}

const synonyms: ReadonlyMap<string, string> = new Map([
  ['confirmed', 'completed'],
  ['succeeded', 'completed'],
])

/** Compared without case, strays mapped to the documented word, unknown words kept. */
export function readStatus(rawStatus: string): WireStatus {
  const word = rawStatus.trim().toLowerCase()
  return { status: synonyms.get(word) ?? word, rawStatus }
}
