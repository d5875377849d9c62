import { Link } from '@tanstack/react-router'
import { CreditCard } from 'lucide-react'
import { tip } from '../ui/tooltip.tsx'

/** The screens of Desk. `compact` leaves the words to screen readers and tooltips below `lg`. */
export function Navigation({ compact = false, onNavigate }: NavigationProps) {
  return (
    <nav aria-label="Screens" className="flex flex-col gap-0.5">
      {screens.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          onClick={onNavigate}
          {...(compact && { ...tip(label), 'aria-label': label })}
          className={`flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-text max-md:h-10 ${compact ? 'justify-center lg:justify-start' : ''}`}
          activeProps={{ className: 'bg-sunken text-text' }}
        >
          <Icon aria-hidden className="size-4 flex-none" strokeWidth={1.7} />
          <span className={compact ? 'hidden lg:inline' : ''}>{label}</span>
        </Link>
      ))}
    </nav>
  )
}

interface NavigationProps {
  readonly compact?: boolean
  readonly onNavigate?: () => void
}

const screens = [{ to: '/payments', label: 'Payments', icon: CreditCard }] as const
