import type { ReactNode } from 'react'
import type { Environment } from '@desk/shared/identity/session'
import { Brand } from '../app/brand.tsx'
import { EnvironmentBadge } from '../app/environment-badge.tsx'

/** A card on an empty page, for what comes before Desk itself; it stays where it is from step to step. */
export function FrontDoor({ title, environment, children, ...around }: FrontDoorProps) {
  return (
    <main className="flex min-h-full flex-col items-center overflow-auto px-4 pt-[max(32px,9vh)] pb-10">
      <title>{`${title} · SpacePay Desk`}</title>
      <div className="w-full max-w-[420px]">
        <div className="mb-6 flex items-center justify-between">
          <Brand />
          <EnvironmentBadge environment={environment} />
        </div>
        {around.before}
        <section className="rounded-lg border border-line bg-surface p-6 max-md:p-5">
          {children}
        </section>
        {around.after}
      </div>
    </main>
  )
}

interface FrontDoorProps {
  readonly title: string
  readonly environment: Environment
  /** Above and below the card. */
  readonly before?: ReactNode
  readonly after?: ReactNode
  readonly children: ReactNode
}

/** Takes the focus where one step followed another, so that it is read out. */
export function StepTitle({ children }: { readonly children: ReactNode }) {
  return (
    <h1 ref={focus} tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
      {children}
    </h1>
  )
}

function focus(title: HTMLElement | null): void {
  title?.focus()
}
