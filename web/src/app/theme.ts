import { useSyncExternalStore } from 'react'

const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

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

/** As the person chose it in this browser. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return themes.find((one) => one === kept) ?? 'system'
}

/** `storage` tells of the choice made in another tab. */
function subscribe(listener: () => void): () => void {
  const stop = new AbortController()
  for (const type of [CHANGED, 'storage']) {
    window.addEventListener(type, listener, { signal: stop.signal })
  }
  return () => stop.abort()
}
