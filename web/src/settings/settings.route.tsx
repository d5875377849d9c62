import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Draws the tabs; each tab is a route under it that brings its own page header and needs no margins. */
export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings',
  staticData: { title: 'Settings' },
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})

export const settingsHomeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  // Whoever may change the team comes for that; their own profile is a click further.
  beforeLoad: ({ context: { me } }) => {
    const to = me.permissions.includes('people:write') ? '/settings/team' : '/settings/profile'
    throw redirect({ to, replace: true })
  },
})
