import { useQuery } from '@tanstack/react-query'
import { networkName } from '@desk/shared/networks/networks'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Moment } from '../ui/moment.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const READ_EVERY_MS = 60_000

/** What the payout wallet holds on each network, with its age; what nobody knows is no zero. */
export function WalletStrip() {
  const { api } = signedInRoute.useRouteContext()
  const { data } = useQuery(
    api.withdrawals.balances.queryOptions(undefined, { refetchInterval: READ_EVERY_MS }),
  )
  if (!data) return <Skeleton className="mb-4 h-14 w-full rounded-lg" />
  if (data.networks.length === 0 && data.problem === null) return null
  return (
    <section
      aria-label="Wallet"
      className="mb-4 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <ul className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
        {data.networks.map(({ network, cents, isLow }) => (
          <li key={network}>
            <span className="block text-xs text-muted">{networkName(network)}</span>
            <span className="font-medium tabular-nums">
              {cents === null ? 'not known' : <Amount cents={cents} />}
            </span>
            {isLow === true && <strong className="ml-2 font-semibold text-warn">low</strong>}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-xs text-faint">
        {data.problem ?? 'The payout wallet'}
        {data.readAt !== null && (
          <>
            , read <Moment at={data.readAt} />
          </>
        )}
      </p>
    </section>
  )
}
