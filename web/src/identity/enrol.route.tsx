import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { FramelessError, rootRoute } from '../app/root-route.tsx'
import { orSignIn, whoAndWhere } from '../app/who-and-where.ts'
import { safeReturnPath } from '@desk/shared/identity/return-path'

/** Where people whose roles ask for a second factor add one before anything else. */
export const enrolRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/enrol',
  validateSearch: (search): EnrolSearch =>
    typeof search['returnTo'] === 'string' ? { returnTo: search['returnTo'] } : {},
  beforeLoad: async ({ context, search, location }) => {
    const found = await orSignIn(whoAndWhere(context), location.href)
    if (!found.me.mustEnrol) {
      throw redirect({ href: safeReturnPath(search.returnTo), replace: true })
    }
    return found
  },
  component: lazyRouteComponent(() => import('./enrol-page.tsx'), 'EnrolPage'),
  errorComponent: FramelessError,
})

interface EnrolSearch {
  readonly returnTo?: string
}
