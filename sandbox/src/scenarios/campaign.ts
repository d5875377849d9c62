import type { PayerOutcome } from '../payments/payment-record.ts'
import type { Script, Stage } from './script.ts'
import { choose, MINUTE_MS, order, pause, SECOND_MS } from './shop-customer.ts'

const PRICE_CENTS = 3_990
const CUSTOMERS = 150
/** Customers who give up on a payment and order the same again. */
const IMPATIENT = 0.06

const outcomes: readonly (readonly [PayerOutcome, number])[] = [
  ['exact', 74],
  ['expire', 13],
  ['under', 5],
  ['over', 4],
  ['late', 3],
  ['fail', 1],
]

/** A newsletter went out: one product, many times the usual traffic, and everything customers do under haste. */
export const campaign: Script = {
  title: 'Campaign',
  description:
    'A newsletter went out. For an hour a customer orders the same box every one to three seconds; some pay too little, too much, too late or not at all, and impatient ones order twice under one order id.',
  notice:
    'The list runs. Among the many completed payments some are underpaid, overpaid, late or expired, and the same customers and order ids come again. Two completed payments with one order id are one customer who paid twice.',
  respond:
    'Filter the list by what is not completed and work through it: whoever paid too little or too late needs an answer. Search for order ids with two payments and find those that were paid twice, since that money has to go back.',
  minutes: 60,
  minutesMax: 240,
  stillsTraffic: false,
  begin: (stage) => {
    const { random } = stage
    const counts = { orders: 0, repeats: 0 }
    let number = random.between(1, 4_000) * 10
    let waiting: readonly Repeat[] = []

    const repeatImpatient = (at: number) => {
      const due = waiting.filter((repeat) => repeat.at <= at)
      waiting = waiting.filter((repeat) => repeat.at > at)
      for (const { orderId, customer, quantity } of due) {
        counts.repeats += 1
        buy(stage, { orderId, customer, quantity, outcome: 'exact' })
      }
    }

    return {
      memory: {},
      act: (at) => {
        repeatImpatient(at)
        number += 1
        counts.orders += 1
        const bought = {
          orderId: `BOX-${number}`,
          customer: random.below(CUSTOMERS),
          quantity: random.pick([1, 1, 1, 2, 3]),
        }
        if (random.chance(IMPATIENT)) {
          // Half of them find out later that the first one went through as well.
          buy(stage, { ...bought, outcome: random.chance(0.5) ? 'exact' : 'expire' })
          const again = at + random.between(20 * SECOND_MS, 60 * SECOND_MS)
          waiting = [...waiting, { ...bought, at: again }]
        } else {
          buy(stage, { ...bought, outcome: choose(stage, outcomes, 'exact') })
        }
        return at + pause(stage, SECOND_MS, 3 * SECOND_MS)
      },
      end: () => undefined,
      tally: () => counts,
    }
  },
}

interface Wanted {
  readonly orderId: string
  readonly customer: number
  readonly quantity: number
}
interface Repeat extends Wanted {
  readonly at: number
}

function buy(stage: Stage, wanted: Wanted & { readonly outcome: PayerOutcome }): void {
  const { random } = stage
  const { outcome, quantity } = wanted
  order(stage, {
    orderId: wanted.orderId,
    outcome,
    amountCents: PRICE_CENTS * quantity,
    payAfterMs: random.between(15 * SECOND_MS, 4 * MINUTE_MS),
    customMetadata: JSON.stringify({
      customer_id: `cus_${(0x7c00 + wanted.customer).toString(16)}`,
      channel: random.pick(['web', 'ios', 'android']),
      campaign: 'tasting-box',
      product: 'Tasting box',
      quantity,
    }),
  })
}
