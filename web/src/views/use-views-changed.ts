import { useQueryClient } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Has all views and their counts read again; resolves once they are. */
export function useViewsChanged() {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries(api.views.pathFilter())
}
