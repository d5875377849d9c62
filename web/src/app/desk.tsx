import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { farewellState } from './farewell.ts'
import { createApi, createQueryClient } from './api.ts'
import { createDeskRouter, type DeskRouter } from './router.tsx'

interface DeskParts {
  readonly queryClient: QueryClient
  readonly router: DeskRouter
}

/** Builds the app without drawing it. */
export function createDesk(): DeskParts {
  const queryClient = createQueryClient((why) => void leaveForSignIn(router, why))
  const router = createDeskRouter({ api: createApi(queryClient), queryClient })
  return { queryClient, router }
}

export function Desk({ desk }: { readonly desk: DeskParts }) {
  return (
    <QueryClientProvider client={desk.queryClient}>
      <RouterProvider router={desk.router} />
    </QueryClientProvider>
  )
}

/** The whole address goes along, so that filters and the open payment are there again afterwards. */
async function leaveForSignIn(router: DeskRouter, why: string): Promise<void> {
  const { pathname, href } = router.latestLocation
  if (pathname === '/sign-in') return
  await router.navigate({
    to: '/sign-in',
    search: { returnTo: href },
    replace: true,
    state: farewellState(why),
  })
}
