import { useQueryClient } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Reads everything anew that a match has a part in. */
export function useChangedMatches(): () => Promise<void> {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries(api.bank.pathFilter()),
      queries.invalidateQueries(api.settlements.pathFilter()),
      queries.invalidateQueries(api.settlementMonths.pathFilter()),
    ])
  }
}
