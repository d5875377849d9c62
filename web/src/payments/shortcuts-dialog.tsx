import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'

/** What the keyboard can do here. Mounted open; `onClose` after it has closed. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog.Root defaultOpen onOpenChangeComplete={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40" />
        <Dialog.Popup className="overlay fixed inset-x-3 top-[16dvh] z-50 mx-auto max-w-[420px] rounded-lg bg-surface p-4 shadow-overlay">
          <div className="mb-2 flex items-center">
            <Dialog.Title className="flex-1 text-lg font-semibold">Keyboard shortcuts</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close">
                  <X aria-hidden className="size-4" />
                </IconButton>
              }
            />
          </div>
          <dl className="grid grid-cols-[1fr_auto] text-sm">
            {shortcuts.map(({ keys, action }) => (
              <div
                key={action}
                className="col-span-2 grid h-9 grid-cols-subgrid items-center border-b border-line last:border-0"
              >
                <dt className="text-muted">{action}</dt>
                <dd className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const shortcuts = [
  { keys: ['/'], action: 'Search this list' },
  { keys: ['↓'], action: 'In the search: what can be asked' },
  { keys: ['F2'], action: 'In the search: edit all of it as text' },
  { keys: ['j', 'k'], action: 'Next or previous payment' },
  { keys: ['Enter'], action: 'Open the payment' },
  { keys: ['Esc'], action: 'Close what is open, then clear the selection' },
  { keys: ['x'], action: 'Select the payment, or let it go' },
  { keys: ['Shift', 'X'], action: 'Select all from the last one to this' },
  { keys: ['n'], action: 'Show new payments' },
  { keys: ['Ctrl or ⌘', 'K'], action: 'Find anything, go anywhere, do anything' },
  { keys: ['?'], action: 'These shortcuts' },
] as const
