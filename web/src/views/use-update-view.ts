import { useMutation } from '@tanstack/react-query'
import type { SavedView } from '@desk/shared/views/saved-view'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { toast } from '../ui/toast.tsx'
import { type OpenView, useShowView } from './use-open-view.ts'
import { useViewsChanged } from './use-views-changed.ts'

/** Saves what the list shows under the name of the view that is open. */
export function useUpdateView(open: OpenView, view: SavedView) {
  const { api } = signedInRoute.useRouteContext()
  const changed = useViewsChanged()
  const show = useShowView()
  const { query, addressColumns } = open
  const { mutate, isPending } = useMutation(
    api.views.change.mutationOptions({
      onSuccess: async () => {
        announce(`${view.name} is updated`)
        await changed()
        await show({ ...view, query }, { replace: true })
      },
      onError: (error) => {
        void changed()
        const detail = readFault(error).message
        toast({ title: `${view.name} was not updated`, detail, tone: 'bad' })
      },
    }),
  )
  const update = () =>
    mutate({
      id: view.id,
      version: view.version,
      query,
      ...(addressColumns && { columns: [...addressColumns] }),
    })
  return { update, isPending }
}
