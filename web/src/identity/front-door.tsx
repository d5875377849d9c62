import type { ReactNode } from 'react'
import { Brand } from '../app/brand.tsx'

/** A card in the middle of an empty page, for what comes before Desk itself. */
export function FrontDoor({ title, aside, children }: FrontDoorProps) {
  return (
    <main className="grid min-h-full place-items-center overflow-auto px-4 py-10">
      <title>{`${title} · SpacePay Desk`}</title>
      <div className="w-full max-w-[440px]">
        <div className="mb-6 flex items-center justify-between">
          <Brand />
          {aside}
        </div>
        <section className="rounded-lg border border-line bg-surface p-6">{children}</section>
      </div>
    </main>
  )
}

interface FrontDoorProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}
