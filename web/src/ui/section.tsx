import type { ReactNode } from 'react'

/** A titled part of a detail screen. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="border-t border-line px-5 py-4">
      <div className="mb-2 flex items-baseline gap-3">
        <h3 className="flex-1 text-sm font-semibold">{title}</h3>
        {aside !== undefined && <span className="text-xs text-faint">{aside}</span>}
      </div>
      {children}
    </section>
  )
}

interface SectionProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Names on the left, values on the right; what is not known is left out by the caller. */
export function Facts({ facts }: { readonly facts: readonly (Fact | null)[] }) {
  return (
    <dl className="grid grid-cols-[108px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm md:grid-cols-[132px_minmax(0,1fr)]">
      {facts
        .filter((fact) => fact !== null)
        .map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="truncate text-faint">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

export interface Fact {
  readonly name: string
  readonly value: ReactNode
}
