import { useQueryClient } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Everything on the profile that a change of one's second factors touches is read anew. */
export function useFactorsChanged(): () => Promise<unknown> {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries(api.profile.read.queryFilter()),
      queryClient.invalidateQueries(api.profile.sessions.queryFilter()),
      queryClient.invalidateQueries(api.identity.me.queryFilter()),
    ])
}
