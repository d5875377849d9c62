import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from '../settings/settings.route.tsx'

export const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/profile',
  staticData: { title: 'Profile' },
  loader: async ({ context: { api, queryClient } }) => {
    await Promise.all([
      queryClient.query(api.profile.read.queryOptions(undefined, { staleTime: 0 })),
      queryClient.query(api.profile.sessions.queryOptions(undefined, { staleTime: 0 })),
    ])
  },
  component: lazyRouteComponent(() => import('./profile-page.tsx'), 'ProfilePage'),
  pendingComponent: lazyRouteComponent(() => import('./profile-skeleton.tsx'), 'ProfileSkeleton'),
})
