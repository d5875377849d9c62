import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  type ErrorComponentProps,
  Outlet,
} from '@tanstack/react-router'
import { StepUpHost } from '../identity/step-up-host.tsx'
import { Announcer } from '../ui/announce.tsx'
import { Toaster } from '../ui/toast.tsx'
import { TooltipLayer } from '../ui/tooltip.tsx'
import type { Api } from './api.ts'
import { ErrorPage } from './error-page.tsx'
import { Frameless } from './frameless.tsx'
import { NotFoundPage } from './not-found-page.tsx'

/** What every route can reach; `signedInRoute` adds `me` and `greeting`. */
export interface DeskContext {
  readonly api: Api
  readonly queryClient: QueryClient
}

export const rootRoute = createRootRouteWithContext<DeskContext>()({
  component: Root,
  notFoundComponent: RootNotFound,
  errorComponent: FramelessError,
})

function Root() {
  return (
    <>
      <Outlet />
      <Toaster />
      <Announcer />
      <StepUpHost />
      <TooltipLayer />
    </>
  )
}

/** For routes whose failure takes the shell with it. */
export function FramelessError(props: ErrorComponentProps) {
  return (
    <Frameless>
      <ErrorPage {...props} />
    </Frameless>
  )
}

function RootNotFound() {
  return (
    <Frameless>
      <NotFoundPage />
    </Frameless>
  )
}
