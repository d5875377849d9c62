import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TakingsPart } from '@desk/shared/settlements/day-figures'
import type { SettlementDayDetail, SettledPayment } from '@desk/shared/settlements/settlement-days'
import { networkName } from '@desk/shared/networks/networks'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Flag } from '../ui/badge.tsx'
import { dayTitle, shortDay } from '../ui/business-day.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { ClockText } from '../ui/moment.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Facts, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { DayBank } from './day-bank.tsx'
import { paymentsText } from './sum-tiles.tsx'

/** One business day in a panel: its sums, and the payments inside. */
export function OpenDay({ day, onClose }: OpenDayProps) {
  const { api } = signedInRoute.useRouteContext()
  const found = useQuery(api.settlements.day.queryOptions({ day }, { refetchInterval: 15_000 }))
  return (
    <Drawer open label="Business day" onClose={onClose}>
      {found.data ? (
        <Day day={day} detail={found.data} />
      ) : found.isPending ? (
        <div className="flex flex-col gap-3 p-5 pt-14">
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-40 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      ) : (
        <div className="p-5 pt-14">
          <ErrorPanel
            title="This day could not be read"
            cause={
              found.isError
                ? readFault(found.error).message
                : 'Payments are being added up for the first time.'
            }
            wayOut="Nothing was lost. Try again in a moment."
            reference={found.isError ? readFault(found.error).reference : null}
            action={<Button onClick={() => void found.refetch()}>Try again</Button>}
          />
        </div>
      )}
    </Drawer>
  )
}

interface OpenDayProps {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly onClose: () => void
}

function Day({ day, detail }: { readonly day: string; readonly detail: SettlementDayDetail }) {
  const { sums, bounds, madeEarlier, today } = detail
  return (
    <article aria-label={`Business day ${day}`}>
      <header className="px-5 pt-4 pr-14 pb-4">
        <h2 className="text-lg font-semibold">{dayTitle(day, today)}</h2>
        <p className="text-sm text-muted tabular-nums">
          <ClockText at={bounds.startsAt} /> to <ClockText at={bounds.endsAt} />
          {day === today && ', so far'} · {paymentsText(sums.payments)}
        </p>
      </header>
      <Section title="What it adds up to">
        <Facts
          facts={[
            { name: 'Gross', value: <Amount cents={sums.grossCents} /> },
            { name: 'Merchant fees', value: <Amount cents={0 - sums.merchantFeeCents} /> },
            { name: 'Swap fees', value: <Amount cents={0 - sums.swapFeeCents} /> },
            { name: 'Net, expected', value: <Amount cents={sums.netCents} /> },
            {
              name: 'Convenience',
              value: (
                <>
                  <Amount cents={sums.convenienceFeeCents} />{' '}
                  <span className="text-faint">paid by payers on top, not part of the net</span>
                </>
              ),
            },
            madeEarlier.payments === 0
              ? null
              : {
                  name: 'Made before',
                  value: (
                    <>
                      {paymentsText(madeEarlier.payments)} of earlier days, completed on this one:{' '}
                      <Amount cents={madeEarlier.grossCents} />
                    </>
                  ),
                },
          ]}
        />
      </Section>
      <DayBank detail={detail} />
      {sums.payments > 0 && (
        <Section title="By token and network">
          <div className="grid items-start gap-4 md:grid-cols-2">
            <Parts label="By token" parts={detail.byToken} nameOf={(symbol) => symbol} />
            <Parts label="By network" parts={detail.byNetwork} nameOf={networkName} />
          </div>
        </Section>
      )}
      <Section title="Payments inside">
        <Payments day={day} today={today} />
      </Section>
    </article>
  )
}

function Parts({ label, parts, nameOf }: PartsProps) {
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="sr-only">{label}</caption>
      <tbody>
        {parts.map(({ name, payments, grossCents }) => (
          <tr key={name} className="border-b border-line last:border-b-0">
            <th scope="row" className="py-1 text-left font-normal">
              {name === '' ? 'Not named' : nameOf(name)}
              <span className="ml-1.5 text-xs text-faint">{payments}</span>
            </th>
            <td className="py-1 text-right">
              <Amount cents={grossCents} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface PartsProps {
  readonly label: string
  readonly parts: readonly TakingsPart[]
  readonly nameOf: (name: string) => string
}

function Payments({ day, today }: { readonly day: string; readonly today: string }) {
  const { api } = signedInRoute.useRouteContext()
  const pages = useInfiniteQuery(
    api.settlements.payments.infiniteQueryOptions(
      { day },
      { getNextPageParam: ({ cursor }) => cursor },
    ),
  )
  const payments = pages.data?.pages.flatMap((page) => page.payments) ?? []
  if (pages.isPending) return <Skeleton className="h-64 w-full" />
  return (
    <>
      {pages.isError && (
        <p role="alert" className="mb-2 text-sm text-bad">
          {readFault(pages.error).message}{' '}
          <Button onClick={() => void pages.refetch()}>Try again</Button>
        </p>
      )}
      {payments.length === 0 && !pages.isError && (
        <p className="py-3 text-sm text-muted">No payment was completed on this day.</p>
      )}
      {payments.length > 0 && (
        <>
          <Link
            to="/payments"
            search={{ with: `completed:${day}` }}
            className={`${buttonClass({})} mb-2`}
          >
            Open in the payments list
          </Link>
          <ul aria-label="Payments inside" className="text-sm tabular-nums">
            {payments.map((payment) => (
              <PaymentLine key={payment.id} payment={payment} day={day} today={today} />
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              More payments
            </Button>
          )}
        </>
      )}
    </>
  )
}

function PaymentLine({ payment, day, today }: PaymentLineProps) {
  const { id, orderId, settledAt, createdDay, token, network, ...money } = payment
  const isSameYear = createdDay.slice(0, 4) === today.slice(0, 4)
  return (
    <li className="flex items-baseline gap-3 border-b border-line py-1.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <Link
          to="/payments/$paymentId"
          params={{ paymentId: id }}
          className="block truncate font-medium hover:underline"
        >
          {orderId ?? id}
        </Link>
        <span className="block truncate text-xs text-faint">
          <ClockText at={settledAt} />
          {token !== '' && ` · ${token}`}
          {network !== '' && ` on ${networkName(network)}`}
        </span>
      </div>
      {createdDay !== day && <Flag tone="wait">made {shortDay(createdDay, isSameYear)}</Flag>}
      <div className="text-right">
        <Amount cents={money.netCents} />
        <span className="block text-xs text-faint">
          of <Amount cents={money.grossCents} />
        </span>
      </div>
    </li>
  )
}

interface PaymentLineProps {
  readonly payment: SettledPayment
  readonly day: string
  readonly today: string
}
