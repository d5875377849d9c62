import { useQuery } from '@tanstack/react-query'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** What of withdrawals waits for the reader; undefined for whom they are closed, and until it is known. */
export function useWithdrawalAttention() {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('withdrawals:read')
  const { data } = useQuery({
    ...api.attention.withdrawals.queryOptions(),
    enabled: block === null,
  })
  return data
}
