import { useRouter } from '@tanstack/react-router'
import { Clock, LogOut, UserRound } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { roleText } from '@desk/shared/identity/roles'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { signedInRoute } from './signed-in-route.tsx'
import { chooseTheme, type Theme, useTheme } from './theme.ts'
import { useLeave } from './use-leave.ts'
import { ViewZoneDialog } from './view-zone-dialog.tsx'

/** Who is signed in, as what, and the way out. Opens at once: it is mounted by the click that wants it. */
export function AccountMenu({ trigger }: { readonly trigger: ReactElement }) {
  const { me } = signedInRoute.useRouteContext()
  const router = useRouter()
  const theme = useTheme()
  const leave = useLeave()
  const zone = useViewZone()
  const [isChoosing, setChoosing] = useState(false)
  return (
    <>
      <Menu trigger={trigger} defaultOpen>
        <div className="max-w-64 px-2 pt-2 pb-1">
          <p className="truncate font-medium">{me.name}</p>
          <p className="truncate text-xs text-faint">{me.email}</p>
          <p className="mt-1 text-xs text-muted">
            {me.roles.map((role) => roleText[role].label).join(', ')}
          </p>
        </div>
        <MenuSeparator />
        <MenuItem onClick={() => void router.navigate({ to: '/settings/profile' })}>
          <UserRound aria-hidden className="size-4 text-muted" strokeWidth={1.7} />
          Profile
        </MenuItem>
        <MenuItem onClick={() => setChoosing(true)}>
          <Clock aria-hidden className="size-4 text-muted" strokeWidth={1.7} />
          Times in {zoneName(zone)}
        </MenuItem>
        <MenuChoice label="Theme" value={theme} options={themes} onChange={chooseTheme} />
        <MenuSeparator />
        <MenuItem onClick={() => void leave()}>
          <LogOut aria-hidden className="size-4 text-muted" strokeWidth={1.7} />
          Sign out
        </MenuItem>
      </Menu>
      {isChoosing && <ViewZoneDialog onClose={() => setChoosing(false)} />}
    </>
  )
}

const themes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'As the system' },
] as const satisfies readonly { value: Theme; label: string }[]
