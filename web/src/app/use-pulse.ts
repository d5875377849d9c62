import { signedInRoute } from './signed-in-route.tsx'

/** Live changes refresh it too; this is for the quiet hours. */
const ASK_EVERY_MS = 15_000

/** The query behind every statement about freshness, so that no two of them disagree. */
export function usePulse() {
  const { api } = signedInRoute.useRouteContext()
  return api.payments.pulse.queryOptions(undefined, { refetchInterval: ASK_EVERY_MS })
}
