import { ChartLine, ShieldX, Webhook } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'

/** The console of webhooks in the command palette. */
export const webhooksPalette: PaletteRoom = {
  places: [
    {
      name: 'Webhooks',
      words: 'deliveries events live tail signature payload',
      permission: 'webhooks:read',
      icon: Webhook,
      path: '/webhooks',
      run: ({ router }) => router.navigate({ to: '/webhooks' }),
    },
    {
      name: 'Webhook arrivals and lag',
      words: 'chart percentiles delay silence gap',
      permission: 'webhooks:read',
      icon: ChartLine,
      run: ({ router }) => router.navigate({ to: '/webhooks', search: { part: 'charts' } }),
    },
    {
      name: 'Refused webhooks',
      words: 'quarantine bad signature secret',
      permission: 'webhooks:read',
      icon: ShieldX,
      run: ({ router }) => router.navigate({ to: '/webhooks', search: { part: 'refused' } }),
    },
  ],
}
