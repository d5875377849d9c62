import { type ReactNode, useCallback, useState } from 'react'

/** Holds what may be wider than its place. Only while it is, the keyboard can stop here to scroll. */
export function ScrollSideways({ label, children }: ScrollSidewaysProps) {
  const [isWider, setWider] = useState(false)
  // The layout is the outside system: only it knows how much room there is.
  const measure = useCallback((box: HTMLDivElement | null) => {
    if (!box) return undefined
    const observer = new ResizeObserver(() => setWider(box.scrollWidth > box.clientWidth))
    for (const element of [box, ...box.children]) observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const stop = isWider ? ({ role: 'region', 'aria-label': label, tabIndex: 0 } as const) : {}
  return (
    <div ref={measure} {...stop} className="relative overflow-x-auto rounded-sm">
      {children}
    </div>
  )
}

interface ScrollSidewaysProps {
  /** Names the region while it scrolls. */
  readonly label: string
  readonly children: ReactNode
}
