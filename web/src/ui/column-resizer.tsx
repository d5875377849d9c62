import { type PointerEvent, useRef } from 'react'

/** Inside its own head: the next one lies over what stands out of it. */
const EDGE = 'absolute inset-y-0 right-0 w-2 cursor-col-resize touch-none'

/**
 * The edge of a column, for the pointer: dragging makes it wider or narrower, a double click gives it its
 * usual width. The keyboard does the same where columns are chosen.
 */
export function ColumnResizer({ onDrag, onDone, onReset }: ColumnResizerProps) {
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const widthAt = (event: PointerEvent) =>
    from.current === null ? null : from.current.width + event.clientX - from.current.x
  return (
    <span
      aria-hidden
      className={`${EDGE} after:absolute after:inset-y-1.5 after:right-0 after:w-px after:bg-line-strong after:opacity-0 hover:after:opacity-100 active:after:bg-accent active:after:opacity-100`}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        const width = event.currentTarget.closest('th')?.getBoundingClientRect().width ?? 0
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        const width = widthAt(event)
        if (width !== null) onDrag(width)
      }}
      onPointerUp={(event) => {
        // A click without a move is half of a double click.
        onDone(event.clientX === from.current?.x ? null : widthAt(event))
        from.current = null
      }}
      onPointerCancel={() => {
        from.current = null
        onDone(null)
      }}
    />
  )
}

interface ColumnResizerProps {
  /** While it moves; pixels. */
  readonly onDrag: (width: number) => void
  /** Where it was let go; null where that was not meant. */
  readonly onDone: (width: number | null) => void
  readonly onReset: () => void
}
