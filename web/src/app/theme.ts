import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'

const theme = z.enum(['light', 'dark', 'system'])
export type Theme = z.infer<typeof theme>

const KEY = 'desk.theme'
const CHANGED = 'desk:theme'

/** The person's choice; `public/theme.js` reads the same key before the first paint. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, chosenTheme)
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(KEY, chosen)
  window.dispatchEvent(new Event(CHANGED))
}

function chosenTheme(): Theme {
  const kept = z.safeParse(theme, localStorage.getItem(KEY))
  return kept.success ? kept.data : 'system'
}

/** `storage` tells of the choice made in another tab. */
function subscribe(listener: () => void): () => void {
  const stop = new AbortController()
  for (const type of [CHANGED, 'storage']) {
    window.addEventListener(type, listener, { signal: stop.signal })
  }
  return () => stop.abort()
}
