import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, SubmitEvent } from 'react'
import { IconButton } from './button.tsx'
import { DialogFoot } from './dialog-foot.tsx'

/**
 * A question that has to be answered first: it holds the focus and gives it back. `actions` are the
 * buttons at its foot, the verb on the last one; with `onSubmit` the whole is a form. On a phone it is a
 * sheet at the bottom.
 */
export function Dialog({ title, description, onSubmit, actions, children, ...more }: DialogProps) {
  const { onClose, isHeld = false } = more
  const body = (
    <>
      <div className="flex flex-col gap-4 px-5 pt-1 pb-5 text-sm empty:hidden">{children}</div>
      {actions !== undefined && <DialogFoot>{actions}</DialogFoot>}
    </>
  )
  return (
    <BaseDialog.Root
      defaultOpen
      onOpenChange={(isOpen, details) => !isOpen && isHeld && details.cancel()}
      onOpenChangeComplete={(isOpen) => !isOpen && onClose()}
    >
      <BaseDialog.Portal>
        {/* As high as the dialog: the one of a second dialog covers the first. */}
        <BaseDialog.Backdrop forceRender className="backdrop fixed inset-0 z-50" />
        <BaseDialog.Popup className="overlay fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col overflow-y-auto overscroll-contain rounded-t-lg bg-surface shadow-overlay outline-none md:inset-x-auto md:top-[12vh] md:bottom-auto md:left-1/2 md:max-h-[80vh] md:w-[480px] md:-translate-x-1/2 md:rounded-lg">
          <div className="flex items-start gap-2 py-3 pr-3 pl-5">
            <div className="min-w-0 flex-1 pt-1 wrap-anywhere">
              <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description render={<div />} className="mt-1 text-sm text-muted">
                  {description}
                </BaseDialog.Description>
              )}
            </div>
            {!isHeld && (
              <BaseDialog.Close
                render={
                  <IconButton label="Close">
                    <X aria-hidden className="size-4" />
                  </IconButton>
                }
              />
            )}
          </div>
          {onSubmit ? (
            <form
              className="contents"
              onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
                event.preventDefault()
                onSubmit(new FormData(event.currentTarget))
              }}
            >
              {body}
            </form>
          ) : (
            body
          )}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

interface DialogProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  /** After it went away, for whatever reason. */
  readonly onClose: () => void
  readonly onSubmit?: (form: FormData) => void
  /** Left out where the body is a form with buttons of its own. */
  readonly actions?: ReactNode
  /** Shows what nobody will see again: closes by its own button only. */
  readonly isHeld?: boolean
  readonly children?: ReactNode
}
