import { HandCoins, Plus } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** Withdrawals in the command palette. */
export const withdrawalsPalette: PaletteRoom = {
  places: [
    {
      name: 'Withdrawals',
      words: 'payout approve inbox send money',
      permission: 'withdrawals:read',
      icon: HandCoins,
      firstFor: ['approver'],
      path: '/withdrawals',
      run: ({ router }) => router.navigate({ to: '/withdrawals' }),
    },
  ],
  actions: [
    {
      name: 'New withdrawal',
      words: 'payout request send money ask',
      permission: 'withdrawals:request',
      icon: Plus,
      firstFor: ['finance'],
      run: ({ router }) => router.navigate({ to: '/withdrawals/new' }),
    },
  ],
}
