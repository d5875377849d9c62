import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { IconButton } from './button.tsx'
import { useIsNarrow } from './viewport.ts'

/**
 * A panel over the right of the screen. On a desktop the list beneath stays alive, so that walking it
 * walks the panel too; on a phone it is a full sheet that holds the focus. Esc closes, and the focus
 * goes back to where it came from.
 */
export function Drawer({ open, label, onClose, children }: DrawerProps) {
  const isNarrow = useIsNarrow()
  const panel = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root
      open={open}
      modal={isNarrow}
      disablePointerDismissal
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Dialog.Portal>
        <Dialog.Popup
          aria-label={label}
          ref={panel}
          initialFocus={isNarrow ? panel : false}
          className="drawer fixed inset-y-0 right-0 z-30 w-full overflow-y-auto overscroll-contain bg-surface outline-none md:top-[52px] md:w-[640px] md:max-w-[calc(100vw-64px)] md:border-l md:border-line md:shadow-overlay"
        >
          <div className="sticky top-0 z-10 flex h-0 justify-end">
            <Dialog.Close
              render={
                <IconButton label="Close" className="mt-3 mr-3 bg-surface">
                  <X aria-hidden className="size-4" />
                </IconButton>
              }
            />
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface DrawerProps {
  readonly open: boolean
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}
