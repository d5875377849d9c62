import type { QueryClient } from '@tanstack/react-query'
import type { Api } from './api.ts'

/** Where another business day is in force, everything that was counted by the one before is read anew. */
export async function followRule(desk: {
  readonly api: Api
  readonly queryClient: QueryClient
  readonly invalidateRoutes: () => Promise<void>
}): Promise<void> {
  const { api, queryClient } = desk
  const greeting = api.identity.greeting
  const before = queryClient.getQueryData(greeting.queryKey())?.businessDay
  const { businessDay } = await queryClient.query(
    greeting.queryOptions(undefined, { staleTime: 0 }),
  )
  if (before?.zone === businessDay.zone && before.cutOff === businessDay.cutOff) return
  await desk.invalidateRoutes()
  await queryClient.invalidateQueries()
}
