import { Link } from '@tanstack/react-router'

/** From one room of settlements to the other. */
export function SettlementTabs({ current }: { readonly current: 'days' | 'bank' | 'months' }) {
  return (
    <nav aria-label="Rooms of settlements" className="mb-3 flex flex-wrap gap-1">
      {rooms.map(({ to, label, room }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true }}
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
  { to: '/settlements', label: 'Business days', room: 'days' },
  { to: '/settlements/bank', label: 'Bank lines', room: 'bank' },
  { to: '/settlements/months', label: 'Month close', room: 'months' },
] as const
