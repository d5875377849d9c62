import { Dialog } from '@base-ui/react/dialog'
import { ChevronDown, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from './button.tsx'

/** All filters of a list, for a phone. They take effect at once; `state` at the foot says what they match. */
export function FilterSheet({ state, onClear, onClose, children }: FilterSheetProps) {
  return (
    <Dialog.Root defaultOpen onOpenChangeComplete={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40" />
        <Dialog.Popup className="overlay fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-lg bg-surface shadow-overlay">
          <div className="flex h-13 flex-none items-center gap-2 border-b border-line px-4">
            <Dialog.Title className="flex-1 text-lg font-semibold">Filters</Dialog.Title>
            <Button variant="ghost" onClick={onClear}>
              Clear
            </Button>
            <Dialog.Close
              render={
                <IconButton label="Close filters" className="size-10">
                  <X aria-hidden className="size-5" />
                </IconButton>
              }
            />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
          <div className="flex flex-none items-center gap-3 border-t border-line px-4 py-3">
            <p className="min-w-0 flex-1 truncate text-sm text-muted">{state}</p>
            <Dialog.Close
              render={
                <Button variant="primary" size="lg">
                  Show
                </Button>
              }
            />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface FilterSheetProps {
  readonly state: ReactNode
  readonly onClear: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One filter of the sheet. Open from the start when it is in use; what happens inside does not close it. */
export function FilterSection({ label, isOn, value, children }: FilterSectionProps) {
  const [wasOn] = useState(isOn)
  return (
    <details open={wasOn} className="group border-b border-line">
      <summary className="flex h-12 list-none items-center gap-3 px-4 font-medium">
        {label}
        <span className="min-w-0 flex-1 truncate text-right text-sm font-normal text-muted">
          {value}
        </span>
        <ChevronDown aria-hidden className="size-4 text-faint group-open:rotate-180" />
      </summary>
      <div className="px-2 pb-2">{children}</div>
    </details>
  )
}

interface FilterSectionProps {
  readonly label: string
  readonly isOn: boolean
  readonly value: string | undefined
  readonly children: ReactNode
}
