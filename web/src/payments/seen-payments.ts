import { useSyncExternalStore } from 'react'
import { readKept } from '../ui/kept-json.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** More than anybody reads in some weeks; the oldest make room. */
const KEPT_MAX = 1_000

/** A payment as it stood when somebody opened it. */
interface Reading {
  readonly id: string
  /** Instant, ISO 8601. */
  readonly updatedAt: string
}

/** Whether this person opened the payment in this browser since it last changed. */
export function useIsSeen({ id, updatedAt }: Reading): boolean {
  const { me } = signedInRoute.useRouteContext()
  return useSyncExternalStore(subscribe, () => readings(me.userId).get(id) === updatedAt)
}

export function markSeen(userId: string, { id, updatedAt }: Reading): void {
  const known = readings(userId)
  if (known.get(id) === updatedAt) return
  const next = new Map([...known].filter(([other]) => other !== id))
  next.set(id, updatedAt)
  keep(userId, new Map([...next].slice(-KEPT_MAX)))
}

const listeners = new Set<() => void>()
/** What was read from the browser's storage: reading it anew for every row of a list would take too long. */
let read: { readonly userId: string; readonly byId: ReadonlyMap<string, string> } | null = null

function readings(userId: string): ReadonlyMap<string, string> {
  if (read?.userId !== userId) {
    read = { userId, byId: new Map(keptReadings(userId)) }
  }
  return read.byId
}

function keptReadings(userId: string): [string, string][] {
  const kept = readKept(keyOf(userId))
  if (!Array.isArray(kept)) return []
  return kept.flatMap((pair: unknown): [string, string][] =>
    Array.isArray(pair) ? [[String(pair[0]), String(pair[1])]] : [],
  )
}

function keep(userId: string, byId: ReadonlyMap<string, string>): void {
  read = { userId, byId }
  localStorage.setItem(keyOf(userId), JSON.stringify([...byId]))
  for (const listener of listeners) listener()
}

function keyOf(userId: string): string {
  return `desk.seen.${userId}`
}

function subscribe(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (!key?.startsWith('desk.seen.')) return
    read = null
    listener()
  }
  listeners.add(listener)
  window.addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', onStorage)
  }
}
