import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { chooseTheme, type Theme, useTheme } from './theme.ts'

/** Goes round light, dark and "as the system"; the name says where it stands and what a click does. */
export function ThemeButton() {
  const { label, icon: Icon, next } = look[useTheme()]
  return (
    <IconButton label={label} className="max-md:hidden" onClick={() => chooseTheme(next)}>
      <Icon aria-hidden className="size-4" strokeWidth={1.7} />
    </IconButton>
  )
}

const look = {
  light: { label: 'Theme: light. Switch to dark', icon: Sun, next: 'dark' },
  dark: { label: 'Theme: dark. Switch to the system theme', icon: Moon, next: 'system' },
  system: { label: 'Theme: as the system. Switch to light', icon: Monitor, next: 'light' },
} as const satisfies Record<Theme, { label: string; icon: typeof Sun; next: Theme }>
