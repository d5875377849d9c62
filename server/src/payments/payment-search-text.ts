import { metadataEntries } from './metadata-entries.ts'

/**
 * What free text is matched against: the words (ids, addresses, hash) and the metadata, in lower
 * case, one thing per line, metadata as `path=value`. Metadata that is not JSON is taken as it is.
 */
export function searchTextOf(payment: {
  readonly words: readonly (string | null)[]
  readonly customMetadata: string | null
}): string {
  const words = payment.words.filter((word) => word !== null)
  const metadata = payment.customMetadata === null ? [] : metadataLines(payment.customMetadata)
  return [...new Set([...words.map(bounded), ...metadata])].join('\n').toLowerCase()
}

/** SpacePay allows 2,048 characters of metadata; what is longer than this would only bloat the index. */
const charactersMax = 4_096

function metadataLines(text: string): string[] {
  const entries = metadataEntries(text)
  if (entries === null) return [bounded(text)]
  const lines: string[] = []
  let left = charactersMax
  for (const { path, value } of entries) {
    if (left <= 0) break
    const line = (path === '' ? value : `${path}=${value}`).slice(0, left)
    lines.push(line)
    left -= line.length
  }
  return lines
}

function bounded(word: string): string {
  return word.slice(0, charactersMax)
}
