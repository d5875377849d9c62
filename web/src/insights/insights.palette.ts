import { ChartLine } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** Insights in the command palette. */
export const insightsPalette: PaletteRoom = {
  places: [
    {
      name: 'Insights',
      words: 'charts conversion funnel slippage time to confirm rates heat map order size',
      permission: 'payments:read',
      icon: ChartLine,
      path: '/insights',
      run: ({ router }) => router.navigate({ to: '/insights' }),
    },
  ],
}
