import { feesOf } from '../payments/fees.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'

/** What is paid out at once: the net of the days since the last working day, on the next one. */
export interface Payout {
  /** `YYYY-MM-DD`. */
  readonly bookedOn: string
  readonly days: readonly string[]
  readonly cents: number
}

/** The payouts of one merchant's completed payments, by calendar days of a zone. Days without money have none. */
export function payoutsOf(
  payments: readonly PaymentRecord[],
  { merchantId, zone }: { readonly merchantId: string; readonly zone: string },
): readonly Payout[] {
  const nameOf = dayNames(zone)
  const byDay = new Map<string, number>()
  for (const payment of payments) {
    if (payment.merchantId !== merchantId || payment.status !== 'completed') continue
    const at = payment.settledAt ?? payment.transaction?.confirmedAt
    if (at === undefined) continue
    const day = nameOf(at)
    byDay.set(day, (byDay.get(day) ?? 0) + feesOf(payment).amountMerchantNetCents)
  }
  const byBooking = Map.groupBy(
    [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ([day]) => nextWorkingDay(day),
  )
  return [...byBooking].map(([bookedOn, days]) => ({
    bookedOn,
    days: days.map(([day]) => day),
    cents: days.reduce((sum, [, cents]) => sum + cents, 0),
  }))
}

/** The next day that is neither Saturday nor Sunday. */
export function nextWorkingDay(day: string): string {
  const next = new Date(Date.parse(day) + 86_400_000)
  const text = next.toISOString().slice(0, 10)
  return next.getUTCDay() % 6 === 0 ? nextWorkingDay(text) : text
}

/** Days as `YYYY-MM-DD` in a zone; throws where there is no such zone. */
function dayNames(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => format.format(at)
}
