import { Link, Outlet } from '@tanstack/react-router'
import type { Permission } from '@desk/shared/identity/permissions'
import { usePermissionBlock } from '../app/permission.ts'
import { TabRow } from '../ui/tab-row.tsx'
import { tip } from '../ui/tooltip.tsx'

/** The tabs of the settings, and the one that is open. */
export function SettingsPage() {
  return (
    <div className="flex min-h-full flex-col">
      <TabRow label="Settings">
        {tabs.map((tab) => (
          <Tab key={tab.to} {...tab} />
        ))}
      </TabRow>
      <div className="flex min-h-0 flex-1 flex-col px-4 pt-5 pb-10 md:px-6">
        <Outlet />
      </div>
    </div>
  )
}

/** A tab that the person's roles do not open stays in its place and says why. */
function Tab({ to, label, permission }: TabProps) {
  const block = usePermissionBlock(permission)
  if (block !== null) {
    return (
      <a
        role="link"
        aria-disabled
        tabIndex={0}
        {...tip(block)}
        className={`${look} cursor-default border-transparent text-faint opacity-60`}
      >
        {label}
      </a>
    )
  }
  return (
    <Link
      to={to}
      className={`${look} border-transparent text-muted hover:text-text aria-[current=page]:border-accent aria-[current=page]:text-text`}
    >
      {label}
    </Link>
  )
}

interface TabProps {
  readonly to: (typeof tabs)[number]['to']
  readonly label: string
  readonly permission: Permission
}

const look = '-mb-px flex h-11 flex-none items-center border-b-2 text-sm font-medium'

const tabs = [
  { to: '/settings/profile', label: 'Profile', permission: 'profile:write' },
  { to: '/settings/team', label: 'Team', permission: 'people:read' },
  { to: '/settings/webhooks', label: 'Webhooks', permission: 'webhook_settings:read' },
  { to: '/settings/business-day', label: 'Business day', permission: 'business_day:read' },
  { to: '/settings/notifications', label: 'Notifications', permission: 'notifications:read' },
  { to: '/settings/status', label: 'System status', permission: 'system:read' },
] as const
