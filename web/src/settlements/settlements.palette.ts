import { Landmark } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** Settlements in the command palette. */
export const settlementsPalette: PaletteRoom = {
  places: [
    {
      name: 'Settlements',
      words: 'business days net fees expected arrived reconcile takings month',
      permission: 'settlements:read',
      icon: Landmark,
      firstFor: ['finance'],
      path: '/settlements',
      run: ({ router }) => router.navigate({ to: '/settlements' }),
    },
    {
      name: 'Bank lines',
      words: 'bank statement import csv camt match unmatched reconcile credit',
      permission: 'settlements:read',
      icon: Landmark,
      path: '/settlements/bank',
      run: ({ router }) => router.navigate({ to: '/settlements/bank' }),
    },
    {
      name: 'Month close',
      words: 'close reopen lock report journal months adjustments',
      permission: 'settlements:read',
      icon: Landmark,
      path: '/settlements/months',
      run: ({ router }) => router.navigate({ to: '/settlements/months' }),
    },
  ],
}
