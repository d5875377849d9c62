import { Outlet } from '@tanstack/react-router'
import { BlockExplorerProvider } from '../ui/block-explorer.tsx'
import { BusinessDayProvider, ViewZoneProvider } from '../ui/business-day-rule.tsx'
import { LiveProvider } from './live.tsx'
import { Sidebar } from './sidebar.tsx'
import { signedInRoute } from './signed-in-route.tsx'
import { TopBar } from './top-bar.tsx'
import { UpstreamBar } from './upstream-bar.tsx'

/** What surrounds every screen of a signed-in person. */
export function Shell() {
  const { api, greeting, me } = signedInRoute.useRouteContext()
  return (
    <BusinessDayProvider value={greeting.businessDay}>
      <ViewZoneProvider value={me.viewZone ?? greeting.businessDay.zone}>
        <BlockExplorerProvider value={greeting.demo?.sandboxUrl ?? null}>
          <LiveProvider api={api}>
            <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[52px_minmax(0,1fr)] md:grid-cols-[56px_minmax(0,1fr)] lg:grid-cols-[224px_minmax(0,1fr)]">
              <a
                href="#main"
                className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-on-accent focus:translate-y-0"
              >
                Skip to content
              </a>
              <Sidebar />
              <TopBar />
              <main id="main" tabIndex={-1} className="relative overflow-auto outline-none">
                <UpstreamBar />
                <Outlet />
              </main>
            </div>
          </LiveProvider>
        </BlockExplorerProvider>
      </ViewZoneProvider>
    </BusinessDayProvider>
  )
}
