import {
  businessDayNamed,
  businessDayOf,
  type BusinessDayRule,
} from '@desk/shared/time/business-day'
import { dayMoved, wallTime } from '@desk/shared/time/zoned-days'
import { longDay, shortDay } from '../ui/business-day.ts'
import { zoneName } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** When today and yesterday begin and end by each of these rules, on the clock of its zone. */
export function DayBounds({ rules }: { readonly rules: readonly NamedRule[] }) {
  const minute = useNow((nowMs) => Math.floor(nowMs / MINUTE_MS))
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-sm tabular-nums">
        <thead>
          <tr className="text-muted">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Day
            </th>
            {rules.map(({ name, rule }) => (
              <th key={name} scope="col" className="py-1.5 pr-4 font-medium">
                {name}, {zoneName(rule.zone)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['Today', 'Yesterday'] as const).map((name, before) => (
            <tr key={name} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-4 font-medium">
                {name}
              </th>
              {rules.map((named) => (
                <td key={named.name} className="py-2 pr-4">
                  <Bounds rule={named.rule} atMs={minute * MINUTE_MS} before={before} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export interface NamedRule {
  readonly name: string
  readonly rule: BusinessDayRule
}

function Bounds({ rule, atMs, before }: { rule: BusinessDayRule; atMs: number; before: number }) {
  const day = dayMoved(businessDayOf(atMs, rule), -before)
  const { startsAt, endsAt } = businessDayNamed(day, rule)
  const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / HOUR_MS
  return (
    <>
      <p>{longDay(day)}</p>
      <p className="text-muted">
        {clockOn(startsAt, rule)} to {clockOn(endsAt, rule)}
        {hours !== 24 && `, ${hours} hours`}
      </p>
    </>
  )
}

function clockOn(at: string, { zone }: BusinessDayRule): string {
  const { day, time } = wallTime(Date.parse(at), zone)
  return `${shortDay(day, true)} ${time}`
}
