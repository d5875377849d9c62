import { Bookmark } from 'lucide-react'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'
import { searchOfView } from './view-address.ts'
import { viewsOptions } from './view-queries.ts'
import { sharingText } from './view-words.ts'

/** Saved views in the command palette. */
export const viewsPalette: PaletteRoom = {
  kinds: [
    {
      kind: 'view',
      heading: 'Saved views',
      noun: 'Saved view',
      permission: 'payments:read',
      icon: Bookmark,
      list: async ({ api, queryClient, me }) => {
        const views = await queryClient.query(viewsOptions(api))
        return views.map((view) => ({
          id: view.id,
          name: view.name,
          words: 'view',
          detail: sharingText(view, me.userId) ?? '',
        }))
      },
      open: async ({ api, queryClient, router }, id) => {
        const views = await queryClient.query(viewsOptions(api))
        const view = views.find((one) => one.id === id)
        // The list says itself that a view is gone.
        await router.navigate({
          to: '/payments',
          search: view ? searchOfView(view) : { view: id },
        })
      },
      at: ({ path, search }, { api, queryClient }) => {
        if (path !== '/payments' || search['open'] !== undefined) return null
        const views = queryClient.getQueryData(viewsOptions(api).queryKey)
        const view = views?.find(({ id }) => id === search['view'])
        return view ? { id: view.id, name: view.name } : null
      },
    },
  ],
}
