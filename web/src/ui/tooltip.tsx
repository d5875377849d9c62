import { useEffect, useRef } from 'react'
import { followPointerAndFocus } from './tooltip-layer.ts'

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
  useEffect(() => (bubble.current ? followPointerAndFocus(bubble.current) : undefined), [])
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
