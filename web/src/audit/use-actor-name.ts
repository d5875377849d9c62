import { useQuery } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { peopleOptions } from './audit-list-queries.ts'

/** Finds the name that the log knows somebody by; an id that it does not know is shown as it is. */
export function useActorName(): (actor: string) => string {
  const { api } = signedInRoute.useRouteContext()
  const { data: people } = useQuery(peopleOptions(api))
  return (actor) => people?.find(({ id }) => id === actor)?.name ?? actor
}
