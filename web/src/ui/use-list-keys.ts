import { type RefObject, useEffect, useEffectEvent } from 'react'

interface ListKeys {
  readonly search: RefObject<HTMLInputElement | null>
  readonly onMove: (step: 1 | -1) => void
  readonly onNew: () => void
  readonly onHelp?: () => void
  /** Further keys by what they do; true where something was done. */
  readonly more?: ReadonlyMap<string, () => boolean>
}

/** Single letters act on the list unless they are being typed into something, or a dialog holds the focus. */
export function useListKeys({ search, onMove, onNew, onHelp, more }: ListKeys): void {
  const actions: ReadonlyMap<string, () => void> = new Map([
    ['/', () => search.current?.select()],
    ['j', () => onMove(1)],
    ['k', () => onMove(-1)],
    ['n', onNew],
    ...(onHelp ? [['?', onHelp] as const] : []),
  ])
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
    const act = actions.get(event.key)
    if (act) act()
    else if (!more?.get(event.key)?.()) return
    event.preventDefault()
  })
  // Keys pressed anywhere on the page are the outside system.
  useEffect(() => {
    const stop = new AbortController()
    window.addEventListener('keydown', (event) => handle(event), { signal: stop.signal })
    return () => stop.abort()
  }, [])
}

function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  // Nothing is typed into a box.
  return (
    target.closest(
      'input:not([type="checkbox"]), textarea, select, [popover], [aria-modal="true"]',
    ) !== null
  )
}
