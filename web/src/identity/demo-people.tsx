import { ArrowRight } from 'lucide-react'
import { roleText } from '@desk/shared/identity/roles'
import type { Greeting } from '@desk/shared/identity/session'

/** One click a role, where Desk runs against its own sandbox. */
export function DemoPeople({ demo, pending, onChoose }: DemoPeopleProps) {
  return (
    <section aria-labelledby="demo" className="mt-6">
      <h2 id="demo" className="text-sm font-semibold">
        Demo: look around as
      </h2>
      <p className="mb-3 text-sm text-muted">Simulated payments, no password needed.</p>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {demo.people.map(({ email, role }) => (
          <li key={email} className="border-line not-last:border-b">
            <button
              type="button"
              aria-disabled={pending !== null || undefined}
              aria-busy={pending === email || undefined}
              onClick={() => pending === null && void onChoose(email)}
              className="group flex w-full items-center gap-3 px-4 py-2.5 text-left hover:bg-hover aria-busy:bg-selected"
            >
              <span
                aria-hidden
                className="grid size-8 flex-none place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
              >
                {roleText[role].label.slice(0, 2)}
              </span>
              <span className="min-w-0 flex-1">
                <span className="block text-sm font-medium">
                  Continue as {roleText[role].label}
                </span>
                <span className="block truncate text-xs text-muted">{roleText[role].does}</span>
              </span>
              <ArrowRight
                aria-hidden
                className="size-4 flex-none text-faint group-hover:text-text"
                strokeWidth={1.7}
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface DemoPeopleProps {
  readonly demo: NonNullable<Greeting['demo']>
  readonly pending: string | null
  readonly onChoose: (email: string) => Promise<void>
}
