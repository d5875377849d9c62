import { type ReactNode, useId, useState } from 'react'

/**
 * A button with a panel under it. The browser itself closes the panel on Escape or a click elsewhere
 * and gives the focus back; `children` are drawn only while it is open and may close it.
 */
export function Popover({ label, button, className, children }: PopoverProps) {
  const id = useId()
  const [panel, setPanel] = useState<HTMLDialogElement | null>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        className={className}
        aria-expanded={isOpen}
      >
        {button}
      </button>
      <dialog
        ref={setPanel}
        id={id}
        popover="auto"
        aria-label={label}
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="m-auto rounded-lg border-0 bg-surface text-sm text-text shadow-overlay supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:mt-1.5 supports-[position-area:bottom]:[position-area:bottom_span-right] supports-[position-area:bottom]:[position-try-fallbacks:flip-inline,flip-block]"
      >
        {isOpen && <Focused>{children(() => panel?.hidePopover())}</Focused>}
      </dialog>
    </>
  )
}

interface PopoverProps {
  readonly label: string
  readonly button: ReactNode
  readonly className: string
  readonly children: (close: () => void) => ReactNode
}

/** What was opened by hand is used next, so the focus goes to its first control. */
function Focused({ children }: { readonly children: ReactNode }) {
  return <div ref={focusFirst}>{children}</div>
}

/** What comes later, as code that is fetched first, gets the focus when it comes. */
function focusFirst(content: HTMLElement | null): (() => void) | undefined {
  if (content === null || focusIn(content)) return undefined
  const observer = new MutationObserver(() => {
    if (focusIn(content)) observer.disconnect()
  })
  observer.observe(content, { childList: true, subtree: true })
  return () => observer.disconnect()
}

/** False while there is nothing to use. */
function focusIn(content: HTMLElement): boolean {
  const first = content.querySelector<HTMLElement>('input, button')
  first?.focus()
  return first !== null
}
