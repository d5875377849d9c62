import { useQueryClient } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Reads again what a change to the team may have changed: the people, what waits for them, what is written down. */
export function useTeamChanged(): () => void {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries(api.team.pathFilter())
    void queryClient.invalidateQueries(api.audit.pathFilter())
  }
}
