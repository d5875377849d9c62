import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { FramelessError, rootRoute } from './root-route.tsx'
import { ShellSkeleton } from './shell-skeleton.tsx'
import { orSignIn, whoAndWhere } from './who-and-where.ts'

/** Parent of every screen for signed-in people: draws the shell and gives them `me` and `greeting`. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const found = await orSignIn(whoAndWhere(context), location.href)
    if (found.me.mustEnrol) {
      throw redirect({ to: '/enrol', search: { returnTo: location.href }, replace: true })
    }
    return found
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
  pendingComponent: ShellSkeleton,
  pendingMs: 300,
  errorComponent: FramelessError,
})
