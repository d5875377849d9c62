import { Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Kbd } from '../ui/kbd.tsx'

const loadQuickFind = async () => ({ default: (await import('./quick-find.tsx')).QuickFind })
const QuickFind = lazy(loadQuickFind)

/** Looks like the field it opens: Ctrl or ⌘ with K from anywhere, or a click. */
export function SearchBox() {
  const [isOpen, setOpen] = useState(false)
  // Keys pressed anywhere on the page are the outside system.
  useEffect(() => {
    const stop = new AbortController()
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey, { signal: stop.signal })
    return () => stop.abort()
  }, [])
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        onPointerEnter={() => void loadQuickFind()}
        onFocus={() => void loadQuickFind()}
        className="flex h-8 min-w-0 flex-none items-center gap-2 rounded-md text-sm text-faint hover:text-muted max-md:size-8 max-md:justify-center md:w-[min(420px,40vw)] md:border md:border-line md:bg-canvas md:px-2.5 md:hover:border-line-strong"
      >
        <Search aria-hidden className="size-4 flex-none max-md:size-5 max-md:text-muted" />
        <span className="flex-1 truncate text-left max-md:sr-only">
          Search order, hash, address, link…
        </span>
        <span aria-hidden className="max-md:hidden">
          <Kbd>{isApple ? '⌘K' : 'Ctrl K'}</Kbd>
        </span>
      </button>
      {isOpen && (
        <Suspense>
          <QuickFind onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
