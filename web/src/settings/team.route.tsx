import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from './settings.route.tsx'

export const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/team',
  staticData: { title: 'Team' },
  validateSearch: (search): TeamSearch =>
    typeof search['person'] === 'string' && search['person'] !== ''
      ? { person: search['person'] }
      : {},
  component: lazyRouteComponent(() => import('./team-page.tsx'), 'TeamPage'),
})

interface TeamSearch {
  /** Whose drawer is open. */
  readonly person?: string
}
