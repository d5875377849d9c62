import { useMemo, useSyncExternalStore } from 'react'

/** Those of `columns` that the window has room for; one that says nothing is always shown. */
export function useShownColumns<T extends ColumnRoom>(columns: readonly T[]): T[] {
  const shown = useSyncExternalStore(
    (onChange) => follow(columns, onChange),
    () => columns.map((column) => (hasRoom(column) ? '1' : '0')).join(''),
  )
  return useMemo(() => columns.filter((_, index) => shown[index] === '1'), [columns, shown])
}

interface ColumnRoom {
  readonly meta?: { readonly shownWhen?: string }
}

function hasRoom({ meta }: ColumnRoom): boolean {
  return meta?.shownWhen === undefined || matchMedia(meta.shownWhen).matches
}

function follow(columns: readonly ColumnRoom[], onChange: () => void): () => void {
  const stop = new AbortController()
  for (const { meta } of columns) {
    if (meta?.shownWhen === undefined) continue
    matchMedia(meta.shownWhen).addEventListener('change', onChange, { signal: stop.signal })
  }
  return () => stop.abort()
}
