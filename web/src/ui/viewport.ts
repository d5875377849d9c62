import { useSyncExternalStore } from 'react'

/** The width at which lists become two-line rows and panels become sheets. */
const narrow = '(max-width: 767px)'

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(narrow).matches)
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(narrow)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
