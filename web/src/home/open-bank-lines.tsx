import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { OPEN_LINES_COUNTED } from '@desk/shared/settlements/bank-statements'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'

/** What banks booked and nobody has matched yet; leads to the oldest of it. Nothing where nothing waits. */
export function OpenBankLines() {
  const { api } = signedInRoute.useRouteContext()
  const { data } = useQuery(api.bank.open.queryOptions(undefined, { refetchInterval: 60_000 }))
  if (!data || data.oldest === null) return null
  const { count, oldest, money } = data
  return (
    <div className="mt-3">
      <Notice tone="wait">
        <Link
          to="/settlements/bank"
          search={{ line: String(oldest.id) }}
          className="font-medium text-accent hover:underline"
        >
          {count >= OPEN_LINES_COUNTED ? 'Over ' : ''}
          {countText(count)} bank {count === 1 ? 'line' : 'lines'} unmatched
        </Link>
        {money.map(({ currency, minor }) => (
          <span key={currency}>
            {' · '}
            <Amount cents={minor} currency={currency} />
          </span>
        ))}
        {` · oldest of ${shortDay(oldest.bookedOn, true)}`}
      </Notice>
    </div>
  )
}
