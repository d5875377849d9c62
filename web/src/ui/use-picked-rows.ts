import { useSyncExternalStore } from 'react'
import { nothingPicked, type Picked } from './picked-rows.ts'

/** Lists whose rows stay picked while somebody looks elsewhere. */
const LISTS_MAX = 10

/**
 * What is picked in the list that `key` names. It is there again after going to another screen and back, and
 * gone once the page is loaded anew.
 */
export function usePickedRows(key: string) {
  const picked = useSyncExternalStore(subscribe, () => kept.get(key) ?? nothingPicked)
  return { picked, setPicked: (next: Picked) => keep(key, next) }
}

const kept = new Map<string, Picked>()
const listeners = new Set<() => void>()

function keep(key: string, picked: Picked): void {
  kept.delete(key)
  kept.set(key, picked)
  for (const oldest of [...kept.keys()].slice(0, -LISTS_MAX)) kept.delete(oldest)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
