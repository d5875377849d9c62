import type { ReactNode } from 'react'

/**
 * The head of every screen: its name, its state in one line, what can be done here on the right.
 * Small windows show the name in the top bar instead.
 */
export function PageHeader({ title, state, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-end gap-x-3 gap-y-2">
      <div className="min-w-0 grow basis-60">
        <h1 className="max-md:sr-only truncate text-xl font-semibold tracking-tight">{title}</h1>
        {state !== undefined && <p className="min-h-5 text-sm text-muted tabular-nums">{state}</p>}
      </div>
      {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
    </header>
  )
}

interface PageHeaderProps {
  readonly title: ReactNode
  readonly state?: ReactNode
  readonly actions?: ReactNode
}
