import { Dialog } from '@base-ui/react/dialog'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { Kbd } from '../../ui/kbd.tsx'
import { toast } from '../../ui/toast.tsx'
import { readFault } from '../fault.ts'
import { signedInRoute } from '../signed-in-route.tsx'
import { looksLikeId, type PaletteOption } from './palette-groups.ts'
import { lineId, PaletteKeys, PaletteResults } from './palette-results.tsx'
import type { PaletteDesk } from './palette-room.ts'
import { keepRecent } from './recent.ts'
import { roomsFor } from './rooms-for.ts'
import { paletteRooms } from './rooms.ts'
import { lookedAt, spotOf } from './spot.ts'
import { type Palette, usePalette } from './use-palette.ts'

const LONGEST_PASTE = 2_000

/**
 * Finds anything, goes anywhere, does whatever the person may. Mounted open; `onClose` after it has closed,
 * and with it the dialog that an action asked in.
 */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const [dialog, setDialog] = useState<DialogOf | null>(null)
  const [isGone, setGone] = useState(false)
  useKeptPlace()
  if (dialog && isGone) return <Suspense>{dialog(onClose)}</Suspense>
  return (
    <PaletteDialog
      ask={(asked) => setDialog(() => asked)}
      onClose={() => (dialog ? setGone(true) : onClose())}
    />
  )
}

/** Two lines may be one id that a mail broke; more are a list, which has a screen of its own. */
function isMany(pasted: string): boolean {
  return pasted.split(/[\r\n]+/).filter((line) => line.trim() !== '').length > 2
}

/** Keeps what is on screen among what this person looked at. */
export function keepPlace({ me, router, ...reads }: Looking): void {
  const one = lookedAt(spotOf(router), roomsFor(paletteRooms, me), reads)
  if (one) keepRecent(me.userId, one)
}

type Looking = Pick<PaletteDesk, 'me' | 'router' | 'api' | 'queryClient'>

type DialogOf = (onClose: () => void) => ReactNode

function PaletteDialog({ ask, onClose }: PaletteDialogProps) {
  const [isOpen, setOpen] = useState(true)
  const field = useRef<HTMLInputElement>(null)
  const router = useRouter()
  const palette = usePalette(ask)
  const { typed, groups } = palette
  const { marked, mark, markedKey } = useMark(palette)
  const choose = (option: PaletteOption) => {
    setOpen(false)
    void start(option)
  }
  const enter = async () => {
    const settled = await chosenIn(palette, markedKey)
    // Whoever typed on or went away meanwhile did not mean this.
    if (settled && field.current?.value === typed) choose(settled)
  }

  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(open) => !open && onClose()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40" />
        <Dialog.Popup
          initialFocus={field}
          className="overlay fixed inset-x-3 top-3 z-50 mx-auto flex h-[min(560px,calc(100dvh-24px))] max-w-[640px] flex-col overflow-hidden rounded-lg bg-surface shadow-overlay md:top-[12dvh] md:h-[min(560px,76dvh)]"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <div className="flex h-13 flex-none items-center gap-3 border-b border-line px-4">
            <Search aria-hidden className="size-4 flex-none text-faint" />
            <input
              ref={field}
              role="combobox"
              aria-label="Order, hash, address, link, or what you want to do"
              aria-autocomplete="list"
              aria-expanded={marked !== null}
              aria-controls="palette-options"
              aria-activedescendant={marked === null ? undefined : lineId(marked.key)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={LONGEST_PASTE}
              placeholder="Paste or type anything: order, hash, view, action…"
              value={typed}
              onChange={(event) => palette.type(event.target.value)}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData('text')
                if (!isMany(pasted)) return
                event.preventDefault()
                setOpen(false)
                void router.navigate({ to: '/payments/find', state: { pasted } })
              }}
              onKeyDown={(event) => {
                // Enter may also end the writing of a word in Japanese or Chinese.
                if (event.nativeEvent.isComposing) return
                if (event.key === 'Enter') void enter()
                else mark.byKey(event)
              }}
              className="h-full min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-faint max-md:text-lg"
            />
            <Dialog.Close className="flex-none rounded-sm">
              <Kbd>Esc</Kbd>
              <span className="sr-only"> Close</span>
            </Dialog.Close>
          </div>
          <PaletteResults
            palette={palette}
            groups={groups}
            marked={marked}
            onMark={mark.to}
            onChoose={choose}
            onLeave={() => setOpen(false)}
          />
          <PaletteKeys />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface PaletteDialogProps {
  readonly ask: PaletteDesk['ask']
  readonly onClose: () => void
}

/** The line that Enter takes: the first, until the person moves to another. A new text begins anew. */
function useMark({ typed, groups }: Palette) {
  const [moved, setMoved] = useState<{ readonly typed: string; readonly key: string } | null>(null)
  const options = groups.flatMap((group) => group.options)
  const markedKey = moved?.typed === typed ? moved.key : null
  const at = Math.max(
    0,
    options.findIndex(({ key }) => key === markedKey),
  )
  const to = (key: string) => setMoved({ typed, key })
  const byKey = (event: KeyboardEvent) => {
    const target = targets.get(event.key)?.(at, options.length)
    const option = target === undefined ? undefined : options.at(target)
    if (option === undefined || event.shiftKey || event.altKey) return
    event.preventDefault()
    to(option.key)
  }
  return { marked: options[at] ?? null, markedKey, mark: { to, byKey } }
}

/** Where a key leads from one of several lines; −1 is the last. */
const targets: ReadonlyMap<string, (at: number, count: number) => number> = new Map([
  ['ArrowDown', (at: number, count: number) => (at + 1) % Math.max(1, count)],
  ['ArrowUp', (at: number) => at - 1],
  ['Home', () => 0],
  ['End', () => -1],
])

/**
 * What Enter means. What was moved to, and what the browser knows itself, is taken at once. Enter may come
 * before the answer to what was just pasted, so it waits for that: the one thing of exactly this id is meant,
 * and anything else only when the person saw it.
 */
async function chosenIn(palette: Palette, movedTo: string | null): Promise<PaletteOption | null> {
  const { typed, groups, isSettled, settle } = palette
  const options = groups.flatMap((group) => group.options)
  const [first = null] = options
  const moved = options.find(({ key }) => key === movedTo)
  if (moved) return moved
  const isOwn = first !== null && first.isExact === undefined
  if (typed.trim() === '' || (isOwn && !looksLikeId(typed))) return first
  const answered = (await settle()).flatMap((group) => group.options)
  const exact = answered.filter(({ isExact }) => isExact)
  if (exact.length === 1) return exact[0] ?? null
  return isSettled ? first : null
}

async function start({ name, run }: PaletteOption): Promise<void> {
  try {
    await run()
  } catch (error) {
    toast({ title: `“${name}” did not work`, detail: readFault(error).message, tone: 'bad' })
  }
}

/** What somebody looks up from is what they may come back to. */
function useKeptPlace(): void {
  const { api, me } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const router = useRouter()
  // The browser's storage is the outside system.
  useEffect(() => keepPlace({ api, me, queryClient, router }), [api, me, queryClient, router])
}
