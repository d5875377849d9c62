import { ListChecks } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** Many lines at once in the command palette. */
export const findManyPalette: PaletteRoom = {
  places: [
    {
      name: 'Find many',
      words: 'paste list csv file bulk ids orders hashes misses missing',
      permission: 'payments:read',
      icon: ListChecks,
      path: '/payments/find',
      firstFor: ['support', 'finance'],
      run: ({ router }) => router.navigate({ to: '/payments/find' }),
    },
  ],
}
