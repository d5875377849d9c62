import { Link, Outlet } from '@tanstack/react-router'

/** The tabs of the settings, and the one that is open. */
export function SettingsPage() {
  return (
    <div className="flex min-h-full flex-col">
      <nav aria-label="Settings" className="flex flex-none gap-5 border-b border-line px-4 md:px-6">
        {tabs.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className="-mb-px flex h-11 items-center border-b-2 border-transparent text-sm font-medium text-muted hover:text-text aria-[current=page]:border-accent aria-[current=page]:text-text"
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className="flex min-h-0 flex-1 flex-col px-4 pt-5 pb-10 md:px-6">
        <Outlet />
      </div>
    </div>
  )
}

const tabs = [
  { to: '/settings/profile', label: 'Profile' },
  { to: '/settings/team', label: 'Team' },
] as const
