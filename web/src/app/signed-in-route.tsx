import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readFault } from './fault.ts'
import { type DeskContext, FramelessError, rootRoute } from './root-route.tsx'
import { ShellSkeleton } from './shell-skeleton.tsx'

/** Parent of every screen for signed-in people: draws the shell and gives them `me` and `greeting`. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    try {
      return await whoAndWhere(context)
    } catch (error) {
      if (readFault(error).kind !== 'signed_out') throw error
      throw redirect({ to: '/sign-in', search: { returnTo: location.href }, replace: true })
    }
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
  pendingComponent: ShellSkeleton,
  pendingMs: 300,
  errorComponent: FramelessError,
})

/** Asked once and together, so that both travel in one request and later navigation waits for nothing. */
async function whoAndWhere({ api, queryClient }: DeskContext) {
  const [me, greeting] = await Promise.all([
    queryClient.query(
      api.identity.me.queryOptions(undefined, {
        staleTime: 'static',
        meta: { signedOutIsAnAnswer: true },
      }),
    ),
    queryClient.query(api.identity.greeting.queryOptions(undefined, { staleTime: 'static' })),
  ])
  return { me, greeting }
}
