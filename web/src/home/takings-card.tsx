import type { TakingsPart } from '@desk/shared/settlements/day-figures'
import { Amount } from '../ui/amount.tsx'
import { countText } from '../ui/readers-locale.ts'

interface TakingsCardProps {
  readonly title: string
  readonly today: readonly TakingsPart[]
  readonly yesterday: readonly TakingsPart[]
  readonly nameOf: (name: string) => string
}

const shownMax = 6

/** What completed payments brought in today and on the whole of yesterday, the largest part first. */
export function TakingsCard({ title, today, yesterday, nameOf }: TakingsCardProps) {
  const rows = rowsOf(today, yesterday)
  const most = Math.max(1, ...rows.map((row) => Math.max(row.today.cents, row.yesterday.cents)))
  return (
    <section className="rounded-lg border border-line bg-surface px-4 py-3">
      <table className="w-full text-sm tabular-nums">
        <caption className="pb-1 text-left text-sm font-semibold">{title}</caption>
        <thead>
          <tr className="text-xs text-faint">
            <th scope="col" className="h-7 text-left font-medium">
              <span className="sr-only">Name</span>
            </th>
            <th scope="col" className="h-7 pl-3 text-right font-medium">
              Today
            </th>
            <th scope="col" className="h-7 pl-3 text-right font-medium">
              Yesterday
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-line">
              <th scope="row" className="w-full max-w-0 py-1.5 text-left font-normal">
                <span className="block truncate">
                  {row.name === '' ? 'Not named' : nameOf(row.name)}
                </span>
                <span aria-hidden className="mt-1 block h-1.5 rounded-xs bg-sunken">
                  <span
                    className="block h-1.5 rounded-xs bg-[var(--series-1)]"
                    style={{ width: `${(100 * row.today.cents) / most}%` }}
                  />
                </span>
              </th>
              <Part {...row.today} />
              <Part {...row.yesterday} />
            </tr>
          ))}
          {rows.length === 0 && (
            <tr className="border-t border-line">
              <td colSpan={3} className="py-6 text-center text-muted">
                Nothing was completed today or yesterday.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

function Part({ cents, payments }: { readonly cents: number; readonly payments: number }) {
  return (
    <td className="py-1.5 pl-3 text-right align-top whitespace-nowrap">
      <Amount cents={cents} />
      <span className="block text-xs text-faint">
        {countText(payments)} {payments === 1 ? 'payment' : 'payments'}
      </span>
    </td>
  )
}

/** By what they brought in on both days; what does not fit is one row. */
function rowsOf(today: readonly TakingsPart[], yesterday: readonly TakingsPart[]) {
  const names = [...new Set([...today, ...yesterday].map(({ name }) => name))]
  const rows = names
    .map((name) => ({ name, today: sumOf(today, name), yesterday: sumOf(yesterday, name) }))
    .toSorted((a, b) => b.today.cents - a.today.cents || b.yesterday.cents - a.yesterday.cents)
  if (rows.length <= shownMax) return rows
  const rest = rows.slice(shownMax - 1)
  const together = (day: 'today' | 'yesterday') => ({
    cents: rest.reduce((sum, row) => sum + row[day].cents, 0),
    payments: rest.reduce((sum, row) => sum + row[day].payments, 0),
  })
  return [
    ...rows.slice(0, shownMax - 1),
    { name: `${rest.length} others`, today: together('today'), yesterday: together('yesterday') },
  ]
}

function sumOf(parts: readonly TakingsPart[], name: string) {
  const part = parts.find((one) => one.name === name)
  return { cents: part?.grossCents ?? 0, payments: part?.payments ?? 0 }
}
