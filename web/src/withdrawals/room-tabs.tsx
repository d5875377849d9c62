import { Link } from '@tanstack/react-router'

/** From one room of withdrawals to the other. */
export function RoomTabs({ current }: { readonly current: 'list' | 'book' | 'policy' }) {
  return (
    <nav aria-label="Rooms of withdrawals" className="mb-3 flex flex-wrap gap-1">
      {rooms.map(({ to, label, room }) => (
        <Link
          key={to}
          to={to}
          aria-current={room === current ? 'page' : undefined}
          className={`inline-flex h-8 items-center rounded-md px-2.5 text-sm font-medium ${room === current ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-hover hover:text-text'}`}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

const rooms = [
  { to: '/withdrawals', label: 'Withdrawals', room: 'list' },
  { to: '/withdrawals/addresses', label: 'Address book', room: 'book' },
  { to: '/withdrawals/policy', label: 'Policy', room: 'policy' },
] as const
