import type { ReactNode } from 'react'

/** A key as it is printed on the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-block h-[18px] rounded-sm border border-line bg-surface px-1.5 font-sans text-xs leading-4 font-medium text-faint">
      {children}
    </kbd>
  )
}
