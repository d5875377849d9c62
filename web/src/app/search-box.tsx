import { useRouter } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Kbd } from '../ui/kbd.tsx'
import { signedInRoute } from './signed-in-route.tsx'

const loadPalette = async () => ({
  default: (await import('./command-palette/command-palette.tsx')).CommandPalette,
})
const CommandPalette = lazy(loadPalette)
/** Whoever stays this long has looked at the screen, and did not only pass it. */
const LOOKED_MS = 2_000

/** Looks like the field it opens: Ctrl or ⌘ with K from anywhere, or a click. */
export function SearchBox() {
  const [isOpen, setOpen] = useState(false)
  useKeptPlaces()
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
        onPointerEnter={() => void loadPalette()}
        onFocus={() => void loadPalette()}
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
          <CommandPalette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** What somebody looked at is among the recent things when they next open the palette. */
function useKeptPlaces(): void {
  const { api, queryClient, me } = signedInRoute.useRouteContext()
  const router = useRouter()
  // The address and the clock are the outside systems.
  useEffect(() => {
    const look = async () => {
      try {
        const { keepPlace } = await import('./command-palette/command-palette.tsx')
        keepPlace({ api, queryClient, me, router })
      } catch (error) {
        // The code did not arrive, and nothing is kept: no reason to bother anybody.
        if (!(error instanceof TypeError)) throw error
      }
    }
    let looked = setTimeout(() => void look(), LOOKED_MS)
    const stop = router.subscribe('onResolved', () => {
      clearTimeout(looked)
      looked = setTimeout(() => void look(), LOOKED_MS)
    })
    return () => {
      clearTimeout(looked)
      stop()
    }
  }, [api, queryClient, me, router])
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
