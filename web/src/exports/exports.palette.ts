import { FileDown } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** Exports in the command palette. */
export const exportsPalette: PaletteRoom = {
  places: [
    {
      name: 'Exports',
      words: 'files csv xlsx excel download month end manifest',
      permission: 'exports:read',
      icon: FileDown,
      path: '/exports',
      firstFor: ['finance'],
      run: ({ router }) => router.navigate({ to: '/exports' }),
    },
  ],
}
