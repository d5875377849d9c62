import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'

/** A page outside the shell, for when there is nobody signed in or no way to know. */
export function Frameless({ children }: { readonly children: ReactNode }) {
  return (
    <main className="h-full overflow-auto">
      <div className="mx-auto w-fit pt-10">
        <Brand />
      </div>
      {children}
    </main>
  )
}
