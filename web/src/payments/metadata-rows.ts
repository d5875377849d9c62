export interface MetadataRow {
  /** Dotted path to the value. */
  readonly path: string
  readonly value: string
}

/** 2,048 characters cannot hold more, but nobody promised that an upstream stays within its limits. */
const rowsMax = 200
const depthMax = 8

/** Null when the text is not a JSON object: then it is shown as it came. */
export function metadataRows(text: string): MetadataRow[] | null {
  const parsed = parse(text)
  if (typeof parsed !== 'object' || parsed === null) return null
  const rows: MetadataRow[] = []
  collect(parsed, { path: [], rows })
  return rows
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function collect(
  value: object,
  into: { readonly path: readonly string[]; readonly rows: MetadataRow[] },
) {
  for (const [key, inner] of Object.entries(value)) {
    if (into.rows.length >= rowsMax) return
    const path = [...into.path, key]
    const isNested = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0
    if (isNested && path.length < depthMax) collect(inner, { path, rows: into.rows })
    else into.rows.push({ path: path.join('.'), value: visible(inner) })
  }
}

/** Control characters get their pictures: an invisible NUL would look like nothing is there. */
function visible(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f]/g, (char) =>
    String.fromCodePoint(0x2400 + (char.codePointAt(0) ?? 0)),
  )
}
