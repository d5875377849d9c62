import type { ReactNode } from 'react'

/** A titled part of a settings screen, what can be done with it on the right of its title. */
export function Card({ title, about, action, children }: CardProps) {
  return (
    <section className="mb-4 rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 pt-4 pb-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-md font-semibold">{title}</h2>
          {about !== undefined && <p className="mt-0.5 text-sm text-muted">{about}</p>}
        </div>
        {action}
      </div>
      <div className="px-5 pb-4 empty:hidden">{children}</div>
    </section>
  )
}

interface CardProps {
  readonly title: string
  readonly about?: ReactNode
  readonly action?: ReactNode
  readonly children?: ReactNode
}
