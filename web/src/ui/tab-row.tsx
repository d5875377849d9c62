import type { ReactNode } from 'react'

/** Links to the parts of a screen, all of them in sight: where they do not fit beside each other they wrap. */
export function TabRow({ label, children }: TabRowProps) {
  return (
    <nav
      aria-label={label}
      className="flex flex-none flex-wrap gap-x-5 border-b border-line px-4 md:px-6"
    >
      {children}
    </nav>
  )
}

interface TabRowProps {
  readonly label: string
  readonly children: ReactNode
}
