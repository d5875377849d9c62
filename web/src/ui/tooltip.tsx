import { useEffect, useRef } from 'react'

/**
 * Attributes that give an element a tooltip; lines are split at `\n`. Only text, so a table of a
 * thousand cells costs an attribute each and one layer for all of them.
 */
export function tip(text: string) {
  return { 'data-tip': text } as const
}

/** The same for a text that is cut off where it has no room: only then is there more to read. */
export function tipWhenClipped(text: string) {
  return { 'data-tip': text, 'data-tip-clipped': '' } as const
}

/** Draws the one open tooltip of the page. Mounted once, by the root. */
export function TooltipLayer() {
  const bubble = useRef<HTMLDivElement>(null)
  // The document's pointer, focus and key events are the outside system here.
  useEffect(() => (bubble.current ? followOnceUsed(bubble.current) : undefined), [])
  return (
    <div
      ref={bubble}
      id="tooltip"
      role="tooltip"
      popover="manual"
      className="tip pointer-events-auto fixed inset-auto m-0 max-w-[min(420px,90vw)] rounded-md border-0 bg-text px-2 py-1 text-xs font-medium break-words whitespace-pre-line text-canvas tabular-nums"
    />
  )
}

/** Nobody needs tooltips before they point at something or step to it: until then they are not fetched. */
function followOnceUsed(bubble: HTMLElement): () => void {
  const unmounted = new AbortController()
  const { signal } = unmounted
  let latest: Event | null = null
  const start = async (event: Event) => {
    const isFirst = latest === null
    if (isFirst && !(event.target instanceof Element && event.target.closest('[data-tip]'))) return
    latest = event
    if (!isFirst) return
    const { followPointerAndFocus } = await import('./tooltip-layer.ts')
    waiting.abort()
    if (signal.aborted) return
    const stop = followPointerAndFocus(bubble, latest)
    signal.addEventListener('abort', stop)
  }
  const waiting = new AbortController()
  for (const type of ['pointerover', 'focusin']) {
    document.addEventListener(type, (event) => void start(event), {
      signal: AbortSignal.any([signal, waiting.signal]),
      capture: true,
    })
  }
  return () => unmounted.abort()
}
