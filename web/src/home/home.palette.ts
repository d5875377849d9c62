import { House } from 'lucide-react'
import { roles } from '@desk/shared/identity/roles'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** The first screen in the command palette. */
export const homePalette: PaletteRoom = {
  places: [
    {
      name: 'Home',
      words: 'today yesterday volume takings dashboard figures',
      permission: 'payments:read',
      icon: House,
      firstFor: roles,
      path: '/',
      run: ({ router }) => router.navigate({ to: '/' }),
    },
  ],
}
