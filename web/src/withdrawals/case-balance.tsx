import { useQuery } from '@tanstack/react-query'
import { networkName } from '@desk/shared/networks/networks'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'

/** Before anything is sent somebody can still top the wallet up, or wait. */
const unsent: ReadonlySet<RequestState> = new Set(['draft', 'pending_approval', 'approved'])

/** Whether the wallet can pay it on its network, where it may not; silent where there is enough. */
export function CaseBalance({ shown }: { readonly shown: RequestCase }) {
  const { api } = signedInRoute.useRouteContext()
  const isUnsent = unsent.has(shown.state)
  const { data } = useQuery({ ...api.withdrawals.balances.queryOptions(), enabled: isUnsent })
  if (!isUnsent || !data) return null
  const place = networkName(shown.network)
  const found = data.networks.find(({ network }) => network === shown.network)
  const cents = found?.cents ?? null
  if (cents === null) {
    return (
      <Notice tone="wait">
        What the wallet holds on {place} is not known. {data.problem}
      </Notice>
    )
  }
  const isTooLittle = cents < shown.amountCents
  if (!isTooLittle && found?.isLow !== true) return null
  return (
    <Notice tone={isTooLittle ? 'bad' : 'warn'}>
      <strong className="font-semibold">
        The wallet holds <Amount cents={cents} /> on {place}
        {isTooLittle ? ', less than this withdrawal.' : ', which the policy calls low.'}
      </strong>{' '}
      {isTooLittle ? 'SpacePay would refuse it: top the wallet up first. ' : ''}
      {data.readAt !== null && (
        <>
          Read <Moment at={data.readAt} />.
        </>
      )}
    </Notice>
  )
}
