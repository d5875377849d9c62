import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import type { ReactElement } from 'react'
import { roleText } from '@desk/shared/identity/roles'
import { signOut } from '../identity/auth-requests.ts'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { toast } from '../ui/toast.tsx'
import { signedInRoute } from './signed-in-route.tsx'
import { chooseTheme, type Theme, useTheme } from './theme.ts'

/** Who is signed in, as what, and the way out. Opens at once: it is mounted by the click that wants it. */
export function AccountMenu({ trigger }: { readonly trigger: ReactElement }) {
  const { me } = signedInRoute.useRouteContext()
  const theme = useTheme()
  const leave = useLeave()
  return (
    <Menu trigger={trigger} defaultOpen>
      <div className="max-w-64 px-2 pt-2 pb-1">
        <p className="truncate font-medium">{me.name}</p>
        <p className="truncate text-xs text-faint">{me.email}</p>
        <p className="mt-1 text-xs text-muted">
          {me.roles.map((role) => roleText[role].label).join(', ')}
        </p>
      </div>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} options={themes} onChange={chooseTheme} />
      <MenuSeparator />
      <MenuItem onClick={() => void leave()}>
        <LogOut aria-hidden className="size-4 text-muted" strokeWidth={1.7} />
        Sign out
      </MenuItem>
    </Menu>
  )
}

const themes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'As the system' },
] as const satisfies readonly { value: Theme; label: string }[]

/** Ends the session at Desk first: clearing the screen alone would leave the cookie valid. */
function useLeave() {
  const router = useRouter()
  const queryClient = useQueryClient()
  return async () => {
    if (!(await signOut())) {
      toast({
        title: 'You are still signed in',
        detail: 'Desk did not answer. Check your connection and sign out again.',
        tone: 'bad',
      })
      return
    }
    await router.navigate({ to: '/sign-in', search: {} })
    queryClient.clear()
  }
}
