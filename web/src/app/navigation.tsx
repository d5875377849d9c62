import { Link } from '@tanstack/react-router'
import {
  ChartLine,
  CreditCard,
  FileDown,
  HandCoins,
  House,
  Inbox,
  Landmark,
  type LucideIcon,
  ScrollText,
  Settings,
  Webhook,
} from 'lucide-react'
import type { Permission } from '@desk/shared/identity/permissions'
import { useWithdrawalBadge } from '../withdrawals/withdrawal-badge.tsx'
import { useAttentionBadge } from '../attention/attention-badge.tsx'
import { tip } from '../ui/tooltip.tsx'
import { usePermissionBlock } from './permission.ts'

/** The screens of Desk. `compact` leaves the words to screen readers and tooltips below `lg`. */
export function Navigation({ compact = false, onNavigate }: NavigationProps) {
  const waiting = useAttentionBadge()
  const approvals = useWithdrawalBadge()
  return (
    <nav aria-label="Screens" className="flex flex-col gap-0.5">
      {screens.map((screen) => {
        const inbox = screen.to === '/withdrawals' ? approvals : null
        const badge = screen.to === '/attention' ? waiting : (inbox?.count ?? null)
        return (
          <div key={screen.to} className="relative grid">
            <Screen {...screen} badge={badge} compact={compact} onNavigate={onNavigate} />
            {inbox && (
              <Link
                to="/withdrawals/$requestId"
                params={{ requestId: inbox.oldestId }}
                onClick={onNavigate}
                aria-label={oldest}
                {...tip(oldest)}
                className={`absolute inset-y-0 right-0 w-10 rounded-md hover:bg-hover ${compact ? 'max-lg:hidden' : ''}`}
              />
            )}
          </div>
        )
      })}
    </nav>
  )
}

const oldest = 'Open the oldest that waits for you'

interface NavigationProps {
  readonly compact?: boolean
  readonly onNavigate?: (() => void) | undefined
}

/** A screen that the person's roles do not open stays in its place and says why. */
function Screen({ to, label, icon: Icon, permission, badge, ...look }: ScreenProps) {
  const { compact, onNavigate } = look
  const block = usePermissionBlock(permission)
  const mayResolve = usePermissionBlock('attention:write') === null
  const isMine = to === '/attention' && mayResolve
  const className = `relative flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium max-md:h-10 ${compact ? 'justify-center lg:justify-start' : ''}`
  const inside = (
    <>
      <Icon aria-hidden className="size-4 flex-none" strokeWidth={1.7} />
      <span className={compact ? 'sr-only lg:not-sr-only' : ''}>{label}</span>
      {badge !== null && (
        <span
          className={`rounded-full bg-accent px-1.5 text-center text-xs leading-4 font-medium text-on-accent tabular-nums ${compact ? 'absolute -top-1 -right-1.5 lg:static lg:ml-auto' : 'ml-auto'}`}
        >
          <span className="sr-only">, </span>
          {badge}
          <span className="sr-only"> waiting for you</span>
        </span>
      )}
    </>
  )
  if (block !== null) {
    return (
      <a
        role="link"
        aria-disabled
        tabIndex={0}
        {...tip(compact ? `${label}\n${block}` : block)}
        className={`${className} cursor-default text-faint opacity-60`}
      >
        {inside}
      </a>
    )
  }
  return (
    <Link
      to={to}
      onClick={onNavigate}
      // What waits for whom is in the address: the queue opens with what is theirs.
      search={isMine ? { whose: 'mine' } : {}}
      activeOptions={{ includeSearch: false, exact: to === '/' }}
      {...(compact && tip(label))}
      className={`${className} text-muted hover:bg-hover hover:text-text`}
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
  /** How much waits there; null for nothing. */
  readonly badge: string | null
}

const screens = [
  { to: '/', label: 'Home', icon: House, permission: 'payments:read' },
  { to: '/payments', label: 'Payments', icon: CreditCard, permission: 'payments:read' },
  { to: '/attention', label: 'Needs attention', icon: Inbox, permission: 'payments:read' },
  { to: '/withdrawals', label: 'Withdrawals', icon: HandCoins, permission: 'withdrawals:read' },
  { to: '/settlements', label: 'Settlements', icon: Landmark, permission: 'settlements:read' },
  { to: '/insights', label: 'Insights', icon: ChartLine, permission: 'payments:read' },
  { to: '/webhooks', label: 'Webhooks', icon: Webhook, permission: 'webhooks:read' },
  { to: '/exports', label: 'Exports', icon: FileDown, permission: 'exports:read' },
  { to: '/audit', label: 'Audit log', icon: ScrollText, permission: 'audit:read' },
  { to: '/settings', label: 'Settings', icon: Settings, permission: 'session:read' },
] as const
