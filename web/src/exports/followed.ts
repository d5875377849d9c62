import { useSyncExternalStore } from 'react'

const KEY = 'desk.exports.followed'
const MOST = 5

/** Exports whose end this person waits for in this browser, also after a reload; newest last. */
export function useFollowedExports(userId: string): readonly string[] {
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(keyOf(userId)) ?? '')
  return idsIn(kept)
}

export function followExport(userId: string, id: string): void {
  write(userId, [...idsOf(userId).filter((other) => other !== id), id].slice(-MOST))
}

export function unfollowExport(userId: string, id: string): void {
  write(
    userId,
    idsOf(userId).filter((other) => other !== id),
  )
}

/** True for the first who asks, over all tabs: one download is enough. */
export function takeDownload(id: string): boolean {
  const key = `${KEY}.taken`
  const taken = idsIn(localStorage.getItem(key) ?? '')
  if (taken.includes(id)) return false
  localStorage.setItem(key, [...taken, id].slice(-MOST * 4).join(' '))
  return true
}

function write(userId: string, ids: readonly string[]): void {
  localStorage.setItem(keyOf(userId), ids.join(' '))
  for (const listener of listeners) listener()
}

function idsOf(userId: string): readonly string[] {
  return idsIn(localStorage.getItem(keyOf(userId)) ?? '')
}

function idsIn(kept: string): readonly string[] {
  return kept.split(' ').filter((id) => id !== '')
}

function keyOf(userId: string): string {
  return `${KEY}.${userId}`
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}
