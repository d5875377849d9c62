import { useQuery } from '@tanstack/react-query'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Live changes refresh it too; this is for the quiet hours. */
const ASK_EVERY_MS = 60_000

/** The withdrawals that wait for the person's approval, the oldest first; null while that is none or not known. */
export function useWithdrawalBadge(): { readonly count: string; readonly oldestId: string } | null {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('withdrawals:approve')
  const { data } = useQuery({
    ...api.withdrawals.inbox.queryOptions(undefined, { refetchInterval: ASK_EVERY_MS }),
    enabled: block === null,
  })
  const oldest = data?.[0]
  return data && oldest ? { count: String(data.length), oldestId: oldest.id } : null
}
