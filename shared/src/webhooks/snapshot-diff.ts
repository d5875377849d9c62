/** One field that two snapshots say differently; JSON text, null where a snapshot does not have the field. */
export interface SnapshotChange {
  /** Such as `receipt.confirmations` or `quotes[0].status`. */
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** A value whose numbers are kept as they were written, since JSON knows more digits than a double. */
export type ExactJson =
  | null
  | boolean
  | string
  | ExactNumber
  | readonly ExactJson[]
  | ReadonlyMap<string, ExactJson>

/** A number in its own spelling. */
export interface ExactNumber {
  readonly digits: string
}

/** The fields that differ, in the order of the newer snapshot, those that went at the end. */
export function snapshotDiff(before: ExactJson, after: ExactJson): readonly SnapshotChange[] {
  const [was, is] = [leavesOf(before), leavesOf(after)]
  const changed = [...is].flatMap(([path, text]) => {
    const old = was.get(path) ?? null
    return old === text ? [] : [{ path, before: old, after: text }]
  })
  const gone = [...was].flatMap(([path, text]) =>
    is.has(path) ? [] : [{ path, before: text, after: null }],
  )
  return [...changed, ...gone]
}

function leavesOf(value: ExactJson): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>()
  const walk = (part: ExactJson, path: string): void => {
    const inside = childrenOf(part)
    if (inside === null || inside.length === 0) leaves.set(path, textOf(part))
    else for (const [step, child] of inside) walk(child, joined(path, step))
  }
  walk(value, '')
  return leaves
}

/** Null for what has no parts. */
function childrenOf(value: ExactJson): readonly (readonly [string, ExactJson])[] | null {
  if (value instanceof Map) return [...value]
  if (isList(value)) return value.map((child, index) => [`[${index}]`, child] as const)
  return null
}

function isList(value: ExactJson): value is readonly ExactJson[] {
  return Array.isArray(value)
}

function joined(path: string, step: string): string {
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`
}

function textOf(value: ExactJson): string {
  if (value instanceof Map) return '{}'
  if (isList(value)) return '[]'
  if (typeof value === 'object' && value !== null && 'digits' in value) return value.digits
  return JSON.stringify(value)
}
