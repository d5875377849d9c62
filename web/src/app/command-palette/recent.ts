import * as z from 'zod/mini'
import { readKept } from '../../ui/kept-json.ts'

/** More than anybody goes back to; the oldest make room. */
export const RECENT_MAX = 30
const NAME_MAX = 200

/** Something that the person looked at: its kind and id as the palette's rooms know it, and how it was called. */
const recent = z.object({ kind: z.string(), id: z.string(), name: z.string() })
export type Recent = z.infer<typeof recent>

/** Latest first, each thing once. */
export function withRecent(
  known: readonly Recent[],
  { kind, id, name }: Recent,
): readonly Recent[] {
  const others = known.filter((one) => one.kind !== kind || one.id !== id)
  return [{ kind, id, name: name.slice(0, NAME_MAX) }, ...others].slice(0, RECENT_MAX)
}

/** What this person looked at in this browser, latest first; what cannot be read is left out. */
export function readRecent(userId: string): readonly Recent[] {
  const kept = readKept(keyOf(userId))
  if (!Array.isArray(kept)) return []
  return kept.flatMap((one: unknown) => {
    const read = recent.safeParse(one)
    return read.success ? [read.data] : []
  })
}

export function keepRecent(userId: string, one: Recent): void {
  const next = withRecent(readRecent(userId), one)
  localStorage.setItem(keyOf(userId), JSON.stringify(next))
}

function keyOf(userId: string): string {
  return `desk.recent.${userId}`
}
