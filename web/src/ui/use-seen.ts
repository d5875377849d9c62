import { useCallback, useState } from 'react'

/** How far below the window something may be and still be prepared. */
const AHEAD = '240px'

/** `ref` marks what is watched; `isSeen` turns true once it was near the window, and stays so. */
export function useSeen() {
  const [isSeen, setSeen] = useState(false)
  // The scroll position is the browser's.
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        setSeen(true)
        observer.disconnect()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, isSeen }
}
