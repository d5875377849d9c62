import { Link } from '@tanstack/react-router'
import { Link2, Plus, Users } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { SavedView } from '@desk/shared/views/saved-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { IconButton } from '../ui/button.tsx'
import { toClipboard } from '../ui/clipboard.ts'
import { tip } from '../ui/tooltip.tsx'
import { searchOfView } from './view-address.ts'
import { linkFor, type OpenView } from './use-open-view.ts'
import { useViewCounts } from './use-view-counts.ts'
import { sharingText, viewCountText } from './view-words.ts'

const ViewActions = lazy(async () => ({
  default: (await import('./view-actions.tsx')).ViewActions,
}))
const SaveViewDialog = lazy(async () => ({
  default: (await import('./save-view-dialog.tsx')).SaveViewDialog,
}))

/** Saved views as tabs over the list, and on the right what can be done with the one that is open. */
export function ViewBar({ open, canSave, isListed, children }: ViewBarProps) {
  const { views, view } = open
  const counts = useViewCounts(views, isListed)
  const [isSaving, setSaving] = useState(false)
  return (
    <div className="mb-3 flex h-9 items-end gap-2 border-b border-line">
      <nav aria-label="Saved views" className="min-w-0 flex-1">
        <ul className="scroll-quietly flex items-end gap-4 overflow-x-auto overflow-y-hidden">
          <li>
            <Tab isOpen={view === null && !open.isGone} search={{}}>
              All
            </Tab>
          </li>
          {views.map((one) => (
            <li key={one.id}>
              <ViewTab
                view={one}
                isOpen={one.id === view?.id}
                isChanged={one.id === view?.id && open.isChanged}
                count={viewCountText(counts.get(one.id))}
              />
            </li>
          ))}
          {view === null && canSave && (
            <li>
              <button
                type="button"
                onClick={() => setSaving(true)}
                className="inline-flex h-9 items-center gap-1 text-sm whitespace-nowrap text-muted hover:text-text"
              >
                <Plus aria-hidden className="size-3.5" />
                Save view
              </button>
            </li>
          )}
        </ul>
      </nav>
      <div className="flex h-9 flex-none items-center gap-1">
        {view !== null && (
          <Suspense>
            <ViewActions key={view.id} open={open} view={view} />
          </Suspense>
        )}
        <CopyLink open={open} />
        {children}
      </div>
      {isSaving && (
        <Suspense>
          <SaveViewDialog open={open} onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </div>
  )
}

interface ViewBarProps {
  readonly open: OpenView
  /** The list shows something that is worth a name. */
  readonly canSave: boolean
  /** The list has its rows, so counting holds up nobody. */
  readonly isListed: boolean
  /** Further controls at the end of the bar. */
  readonly children: ReactNode
}

function ViewTab({ view, isOpen, isChanged, count }: ViewTabProps) {
  const { me } = signedInRoute.useRouteContext()
  const sharing = sharingText(view, me.userId)
  return (
    <Tab isOpen={isOpen} search={searchOfView(view)} hint={sharing}>
      {sharing !== null && <Users aria-hidden className="size-3.5 flex-none" strokeWidth={1.7} />}
      <bdi className="max-w-48 truncate">{view.name}</bdi>
      {count !== '' && <span className="text-xs text-faint tabular-nums">{count}</span>}
      {isChanged && (
        <span className="flex items-center" {...tip('Changed since it was saved')}>
          <span aria-hidden className="size-1.5 rounded-full bg-accent" />
          <span className="sr-only">, changed since it was saved</span>
        </span>
      )}
      {sharing !== null && <span className="sr-only">, {sharing}</span>}
    </Tab>
  )
}

interface ViewTabProps {
  readonly view: SavedView
  readonly isOpen: boolean
  readonly isChanged: boolean
  readonly count: string
}

function Tab({ isOpen, search, hint = null, children }: TabProps) {
  return (
    <Link
      to="/payments"
      search={search}
      preload={false}
      activeOptions={{ exact: true }}
      aria-current={isOpen ? 'page' : undefined}
      // The one that is open is in view, however many there are.
      ref={isOpen ? intoView : undefined}
      {...(hint !== null && tip(hint))}
      className={`-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap ${isOpen ? 'border-accent font-medium text-text' : 'border-transparent text-muted hover:text-text'}`}
    >
      {children}
    </Link>
  )
}

interface TabProps {
  readonly isOpen: boolean
  readonly search: ReturnType<typeof searchOfView> | Record<string, never>
  readonly hint?: string | null
  readonly children: ReactNode
}

/**
 * By hand: `scrollIntoView` would make the Tab key go on from here. Again whenever the room or the tabs
 * change their width, as when controls beside them or their counts come.
 */
function intoView(tab: HTMLElement | null): (() => void) | undefined {
  const bar = tab?.closest('ul')
  if (!tab || !bar) return undefined
  const show = () => {
    const [box, room] = [tab.getBoundingClientRect(), bar.getBoundingClientRect()]
    bar.scrollLeft += Math.max(0, box.right - room.right) - Math.max(0, room.left - box.left)
  }
  show()
  const observer = new ResizeObserver(show)
  for (const element of [bar, ...bar.children]) observer.observe(element)
  return () => observer.disconnect()
}

function CopyLink({ open }: { readonly open: OpenView }) {
  const [outcome, setOutcome] = useState<string | null>(null)
  const copy = async () => {
    const isCopied = await toClipboard(linkFor(open))
    const said = isCopied ? 'Copied' : 'Copy the address of this page'
    setOutcome(said)
    announce(isCopied ? 'Link copied' : said)
  }
  return (
    <IconButton
      label="Copy link to this list"
      {...(outcome !== null && tip(outcome))}
      onPointerEnter={() => setOutcome(null)}
      onClick={() => void copy()}
    >
      <Link2 aria-hidden className="size-4" />
    </IconButton>
  )
}
