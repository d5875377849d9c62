import { Dialog } from '@base-ui/react/dialog'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { PaymentHit } from '@desk/shared/payments/payment-find'
import { Kbd } from '../ui/kbd.tsx'
import { QuickFindResults } from './quick-find-results.tsx'
import { signedInRoute } from './signed-in-route.tsx'

const TYPING_PAUSE_MS = 120
const LONGEST_PASTE = 2_000

/** "Which payment is this?" for anything in the clipboard. Mounted open; `onClose` after it has closed. */
export function QuickFind({ onClose }: { readonly onClose: () => void }) {
  const [isOpen, setOpen] = useState(true)
  const { typed, asked, found, change, ask } = useFind()
  const [marked, setMarked] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()

  const open = (hit: PaymentHit) => {
    setOpen(false)
    void navigate({ to: '/payments/$paymentId', params: { paymentId: hit.id } })
  }
  /** Enter may come before the answer to what was just pasted, so it waits for that answer. */
  const enter = async () => {
    const hits = await ask(typed)
    const exact = hits.filter((hit) => hit.exact)
    const chosen = marked > 0 ? hits[marked] : exact.length === 1 ? exact[0] : undefined
    const choice = chosen ?? (asked === typed.trim() ? hits[marked] : undefined)
    if (choice) open(choice)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const count = found.data?.length ?? 0
    if (step !== 0 && count > 0) {
      event.preventDefault()
      setMarked((marked + step + count) % count)
    }
    if (event.key === 'Enter') void enter()
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
          className="overlay fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[80dvh] max-w-[640px] flex-col overflow-hidden rounded-lg bg-surface shadow-overlay md:top-[12dvh]"
        >
          <Dialog.Title className="sr-only">Find a payment</Dialog.Title>
          <div className="flex h-13 flex-none items-center gap-3 border-b border-line px-4">
            <Search aria-hidden className="size-4 flex-none text-faint" />
            <input
              ref={field}
              role="combobox"
              aria-label="Order, payment id, hash, address, link or metadata"
              aria-expanded={Boolean(found.data?.length)}
              aria-controls="quick-find-hits"
              aria-activedescendant={found.data?.length ? `quick-find-${marked}` : undefined}
              autoComplete="off"
              spellCheck={false}
              maxLength={LONGEST_PASTE}
              placeholder="Paste or type anything: order, hash, address, link…"
              value={typed}
              onChange={(event) => {
                setMarked(0)
                change(event.target.value)
              }}
              onPaste={() => setMarked(0)}
              onKeyDown={onKeyDown}
              className="h-full min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-faint max-md:text-lg"
            />
            <Dialog.Close className="flex-none rounded-sm">
              <Kbd>Esc</Kbd>
              <span className="sr-only"> Close</span>
            </Dialog.Close>
          </div>
          <QuickFindResults
            text={asked}
            found={found}
            marked={marked}
            onMark={setMarked}
            onOpen={open}
            onLeave={() => setOpen(false)}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** What stands in the field, what was last asked, and its answer; asking waits for a pause in the typing. */
function useFind() {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const found = useQuery(
    api.payments.find.queryOptions(
      { text: asked },
      {
        enabled: asked !== '',
        placeholderData: (previous) => (asked === '' ? undefined : previous),
      },
    ),
  )

  const change = (text: string) => {
    clearTimeout(pause.current)
    setTyped(text)
    pause.current = setTimeout(() => setAsked(text.trim()), TYPING_PAUSE_MS)
  }
  const ask = async (text: string) => {
    clearTimeout(pause.current)
    setAsked(text.trim())
    if (text.trim() === '') return []
    return queryClient.query(api.payments.find.queryOptions({ text: text.trim() }))
  }
  return { typed, asked, found, change, ask }
}
