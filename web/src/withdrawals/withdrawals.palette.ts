import { BookUser, HandCoins, Plus, Scale } from 'lucide-react'
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
    {
      name: 'Address book',
      words: 'destinations addresses payees suppliers',
      permission: 'withdrawals:read',
      icon: BookUser,
      path: '/withdrawals/addresses',
      run: ({ router }) => router.navigate({ to: '/withdrawals/addresses' }),
    },
    {
      name: 'Withdrawal policy',
      words: 'approval bands limits stop all cooling-off',
      permission: 'withdrawals:read',
      icon: Scale,
      path: '/withdrawals/policy',
      run: ({ router }) => router.navigate({ to: '/withdrawals/policy' }),
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
