import { useSyncExternalStore } from 'react'

/** Says something to screen readers, politely; repeating the same words is said again. */
export function announce(text: string): void {
  // A region that does not change is not read, so a repeat differs by an invisible space.
  spoken = spoken === text ? `${text}\u00A0` : text
  for (const listener of listeners) listener()
}

/** Mounted once, by the root. */
export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => spoken)
  return (
    <output aria-live="polite" className="sr-only">
      {text}
    </output>
  )
}

let spoken = ''
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
