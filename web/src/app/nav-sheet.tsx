import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { PulseLine } from './pulse-line.tsx'

/** The sidebar of small windows. */
export function NavSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog.Root defaultOpen onOpenChangeComplete={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40" />
        <Dialog.Popup className="sheet fixed inset-y-0 left-0 z-50 flex w-[272px] flex-col bg-surface p-3 shadow-overlay">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <div className="mb-3 flex items-center pl-2">
            <span className="flex-1">
              <Brand />
            </span>
            <Dialog.Close
              render={
                <IconButton label="Close menu">
                  <X aria-hidden className="size-4" />
                </IconButton>
              }
            />
          </div>
          <Navigation onNavigate={onClose} />
          <div className="mt-auto border-t border-line pt-2">
            <PulseLine />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
