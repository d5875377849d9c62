/** One leaf of the shop's metadata: `customer.id` and its value as text. */
export interface MetadataEntry {
  /** Dotted; empty when the metadata is a bare value. */
  readonly path: string
  readonly value: string
}

/**
 * The leaves of metadata in the order they are written, at most 500 of them. Null when the text is
 * not JSON, or far longer than SpacePay allows. Walks without recursion: a stranger chose the depth.
 */
export function metadataEntries(text: string): MetadataEntry[] | null {
  const parsed = text.length > charactersMax ? notJson : parseJson(text)
  if (parsed === notJson) return null
  const entries: MetadataEntry[] = []
  const open: { path: string; value: unknown }[] = [{ path: '', value: parsed }]
  for (let node = open.pop(); node && entries.length < leavesMax; node = open.pop()) {
    const { path, value } = node
    if (typeof value !== 'object' || value === null) {
      entries.push({ path, value: String(value) })
      continue
    }
    const children = Object.entries(value).map(([key, child]: [string, unknown]) => ({
      path: path === '' ? key : `${path}.${key}`,
      value: child,
    }))
    open.push(...children.toReversed())
  }
  return entries
}

const leavesMax = 500
const charactersMax = 16_384

const notJson = Symbol('not JSON')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return notJson
    throw error
  }
}
