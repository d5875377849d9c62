import { useQuery } from '@tanstack/react-query'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Live changes refresh it too; this is for the quiet hours. */
const ASK_EVERY_MS = 60_000

/** How many withdrawals wait for the person's approval; null while that is none or not known. */
export function useWithdrawalBadge(): string | null {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('withdrawals:approve')
  const { data } = useQuery({
    ...api.withdrawals.inbox.queryOptions(undefined, { refetchInterval: ASK_EVERY_MS }),
    enabled: block === null,
  })
  return data === undefined || data.length === 0 ? null : String(data.length)
}
