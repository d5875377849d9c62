import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { lazy } from 'react'
import { roles } from '@desk/shared/identity/roles'
import type { PaletteRoom } from './command-palette/palette-room.ts'
import { chooseTheme, chosenTheme, type Theme } from './theme.ts'
import { leave } from './use-leave.ts'

const ShortcutsDialog = lazy(async () => ({
  default: (await import('../payments/shortcuts-dialog.tsx')).ShortcutsDialog,
}))

/** What belongs to no screen. */
export const deskPalette: PaletteRoom = {
  actions: [
    theme('light', { name: 'Use the light theme', icon: Sun }),
    theme('dark', { name: 'Use the dark theme', icon: Moon }),
    theme('system', { name: 'Use the theme of the system', icon: Monitor }),
    {
      name: 'Keyboard shortcuts',
      words: 'help keys',
      permission: 'session:read',
      icon: Keyboard,
      firstFor: roles,
      run: ({ ask }) => ask((onClose) => <ShortcutsDialog onClose={onClose} />),
    },
    {
      name: 'Sign out',
      words: 'log out leave exit end session',
      permission: 'session:read',
      icon: LogOut,
      run: leave,
    },
  ],
}

function theme(to: Theme, { name, icon }: { readonly name: string; readonly icon: typeof Sun }) {
  return {
    name,
    words: 'appearance colours mode switch',
    permission: 'session:read',
    icon,
    isOffered: () => chosenTheme() !== to,
    run: () => chooseTheme(to),
  } as const
}
