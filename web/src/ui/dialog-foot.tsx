import type { ReactNode } from 'react'

/** The buttons at the foot of a dialog, the verb on the last one. */
export function DialogFoot({ isInBody = false, children }: DialogFootProps) {
  return (
    <div
      className={`flex flex-none flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-md:*:flex-1 ${isInBody ? '-mx-5 mt-1 -mb-5' : ''}`}
    >
      {children}
    </div>
  )
}

interface DialogFootProps {
  /** For a form that is all of a dialog's body and brings the buttons itself. */
  readonly isInBody?: boolean
  readonly children: ReactNode
}
