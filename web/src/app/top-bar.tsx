import { useMatches } from '@tanstack/react-router'
import { MenuIcon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { clockText, zoneName } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'
import { AccountButton } from './account-button.tsx'
import { EnvironmentBadge } from './environment-badge.tsx'
import { LiveIndicator } from './live-indicator.tsx'
import { SearchBox } from './search-box.tsx'
import { signedInRoute } from './signed-in-route.tsx'
import { ThemeButton } from './theme-button.tsx'

const ViewZoneDialog = lazy(async () => ({
  default: (await import('./view-zone-dialog.tsx')).ViewZoneDialog,
}))
const NavSheet = lazy(async () => ({ default: (await import('./nav-sheet.tsx')).NavSheet }))

export function TopBar() {
  const { greeting } = signedInRoute.useRouteContext()
  return (
    <header className="flex min-w-0 items-center gap-2 border-b border-line bg-surface px-3 md:gap-3 md:px-5">
      <SheetButton />
      <ScreenTitle />
      <SearchBox />
      <span className="flex-1 max-md:hidden" />
      <EnvironmentBadge environment={greeting.environment} />
      <LiveIndicator />
      <ZoneClock />
      <ThemeButton />
      <AccountButton />
    </header>
  )
}

function SheetButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Menu" className="md:hidden" onClick={() => setOpen(true)}>
        <MenuIcon aria-hidden className="size-5" />
      </IconButton>
      {isOpen && (
        <Suspense>
          <NavSheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Small windows have no sidebar that says where one is. */
function ScreenTitle() {
  const title = useMatches({
    select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title,
  })
  return <span className="min-w-0 flex-1 truncate text-md font-semibold md:hidden">{title}</span>
}

/** The hour in the zone in which times are shown, and the way to another one. */
function ZoneClock() {
  const zone = useViewZone()
  const time = useNow((nowMs) => clockText(new Date(nowMs).toISOString(), { zone, nowMs }))
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className="hidden flex-none rounded-sm text-xs text-muted tabular-nums hover:text-text lg:inline"
        onClick={() => setOpen(true)}
      >
        <span className="sr-only">Zone of times: </span>
        {zoneName(zone)} {time}
      </button>
      <Suspense>{isOpen && <ViewZoneDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
