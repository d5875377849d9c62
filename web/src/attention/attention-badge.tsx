import { useQuery } from '@tanstack/react-query'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Live changes refresh it too; this is for the quiet hours. */
const ASK_EVERY_MS = 60_000

/** What waits for the person, as text such as `12` or `99+`; null while that is nothing or not known. */
export function useAttentionBadge(): string | null {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('attention:write')
  const { data } = useQuery({
    ...api.attention.badge.queryOptions(undefined, { refetchInterval: ASK_EVERY_MS }),
    enabled: block === null,
  })
  if (data === undefined || data.count === 0) return null
  return `${data.count}${data.isMore ? '+' : ''}`
}
