import {
  changedLook,
  joinedChange,
  type ListLook,
  type ListLookChange,
  readLookChange,
  usualLook,
} from '@desk/shared/views/list-look'
import { readKept } from '../ui/kept-json.ts'

/** How the list looks in this browser: what Desk keeps, and what it has not been told yet. */
export interface KeptLook {
  readonly look: ListLook
  readonly unsaved: ListLookChange
  /** When that was so, in milliseconds since 1970. */
  readonly at: number
}

/** The person changed something: it counts at once. */
export function withChange(kept: KeptLook, change: ListLookChange, at: number): KeptLook {
  const unsaved = joinedChange(kept.unsaved, change)
  return { look: changedLook(kept.look, change), unsaved, at }
}

/** Desk told at `at` how it stands; what it has not heard of yet stays on top of it, and older news is none. */
export function withAnswer(kept: KeptLook | null, answer: ListLook, at: number): KeptLook {
  if (kept === null) return { look: answer, unsaved: {}, at }
  if (kept.at > at) return kept
  return { look: changedLook(answer, kept.unsaved), unsaved: kept.unsaved, at }
}

/** What this tab, another one or an earlier visit left; null where there is nothing, or nothing of this shape. */
export function readKeptLook(userId: string): KeptLook | null {
  const text = localStorage.getItem(keyOf(userId))
  if (read?.text !== text) read = { text, kept: keptIn(userId) }
  return read.kept
}

export function keepLook(userId: string, kept: KeptLook): void {
  localStorage.setItem(keyOf(userId), JSON.stringify(kept))
  for (const listener of listeners) listener()
}

/** Calls `listener` for every change, those of other tabs too, until the answered function is called. */
export function followKeptLook(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

const listeners = new Set<() => void>()
/** The same text is the same look: whoever draws it compares. */
let read: { readonly text: string | null; readonly kept: KeptLook | null } | null = null

function keptIn(userId: string): KeptLook | null {
  const found = readKept(keyOf(userId))
  if (typeof found !== 'object' || found === null || !('look' in found)) return null
  const unsaved = 'unsaved' in found ? readLookChange(found.unsaved) : {}
  const at = 'at' in found ? Number(found.at) : 0
  // A look is a change of everything.
  return { look: changedLook(usualLook, readLookChange(found.look)), unsaved, at }
}

function keyOf(userId: string): string {
  return `desk.list-look.${userId}`
}
