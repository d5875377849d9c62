import { CopyPlus, Plus } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'
import { openPaymentAt } from '../payments/open-payment-at.ts'

/** New payments in the command palette. */
export const newPaymentPalette: PaletteRoom = {
  actions: [
    {
      name: 'New payment',
      words: 'create make deposit link invoice',
      permission: 'payments:create',
      icon: Plus,
      firstFor: ['support', 'finance', 'admin'],
      run: ({ router }) => router.navigate({ to: '/payments/new' }),
    },
  ],
  current: {
    heading: 'This payment',
    idAt: openPaymentAt,
    actions: [
      {
        name: 'New payment from this',
        words: 'create again copy link expired replace',
        permission: 'payments:create',
        icon: CopyPlus,
        firstFor: ['support', 'finance'],
        run: ({ router }, id) => router.navigate({ to: '/payments/new', search: { from: id } }),
      },
    ],
  },
}
