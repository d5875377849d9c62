import { ScrollText } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** The audit log in the command palette. */
export const auditPalette: PaletteRoom = {
  places: [
    {
      name: 'Audit log',
      words: 'history who did what chain evidence',
      permission: 'audit:read',
      icon: ScrollText,
      path: '/audit',
      firstFor: ['admin', 'auditor'],
      run: ({ router }) => router.navigate({ to: '/audit' }),
    },
  ],
}
