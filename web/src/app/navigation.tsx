import { Link } from '@tanstack/react-router'
import { CreditCard, type LucideIcon, ScrollText, Settings } from 'lucide-react'
import type { Permission } from '@desk/shared/identity/permissions'
import { tip } from '../ui/tooltip.tsx'
import { usePermissionBlock } from './permission.ts'

/** The screens of Desk. `compact` leaves the words to screen readers and tooltips below `lg`. */
export function Navigation({ compact = false, onNavigate }: NavigationProps) {
  return (
    <nav aria-label="Screens" className="flex flex-col gap-0.5">
      {screens.map((screen) => (
        <Screen key={screen.to} {...screen} compact={compact} onNavigate={onNavigate} />
      ))}
    </nav>
  )
}

interface NavigationProps {
  readonly compact?: boolean
  readonly onNavigate?: (() => void) | undefined
}

/** A screen that the person's roles do not open stays in its place and says why. */
function Screen({ to, label, icon: Icon, permission, compact, onNavigate }: ScreenProps) {
  const block = usePermissionBlock(permission)
  const look = `flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium max-md:h-10 ${compact ? 'justify-center lg:justify-start' : ''}`
  const inside = (
    <>
      <Icon aria-hidden className="size-4 flex-none" strokeWidth={1.7} />
      <span className={compact ? 'hidden lg:inline' : ''}>{label}</span>
    </>
  )
  if (block !== null) {
    return (
      <a
        role="link"
        aria-disabled
        aria-label={label}
        tabIndex={0}
        {...tip(compact ? `${label}\n${block}` : block)}
        className={`${look} cursor-default text-faint opacity-60`}
      >
        {inside}
      </a>
    )
  }
  return (
    <Link
      to={to}
      onClick={onNavigate}
      {...(compact && { ...tip(label), 'aria-label': label })}
      className={`${look} text-muted hover:bg-hover hover:text-text`}
      activeProps={{ className: 'bg-sunken text-text' }}
    >
      {inside}
    </Link>
  )
}

interface ScreenProps extends Required<NavigationProps> {
  readonly to: (typeof screens)[number]['to']
  readonly label: string
  readonly icon: LucideIcon
  readonly permission: Permission
}

const screens = [
  { to: '/payments', label: 'Payments', icon: CreditCard, permission: 'payments:read' },
  { to: '/audit', label: 'Audit log', icon: ScrollText, permission: 'audit:read' },
  { to: '/settings', label: 'Settings', icon: Settings, permission: 'session:read' },
] as const
