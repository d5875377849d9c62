import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from './settings.route.tsx'

export const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/team',
  staticData: { title: 'Team' },
  validateSearch: keepTeamSearch,
  component: lazyRouteComponent(() => import('./team-page.tsx'), 'TeamPage'),
})

export function keepTeamSearch({ person }: Readonly<Record<string, unknown>>): TeamSearch {
  return typeof person === 'string' && person !== '' ? { person } : {}
}

interface TeamSearch {
  /** Whose drawer is open. */
  readonly person?: string
}
