import type { PayerOutcome } from '../payments/payment-record.ts'
import type { Script, Stage } from './script.ts'
import { choose, MINUTE_MS, order } from './shop-customer.ts'

/** Customers at the checkout when the lights go out, at the usual pace. */
const CUSTOMERS = 12
/** They pay before their payments run out. */
const PAYABLE_MS = 28 * MINUTE_MS
/** Of the webhooks that come back, one in so many comes twice. */
const REPEAT_EVERY = 4

const outcomes: readonly (readonly [PayerOutcome, number])[] = [
  ['exact', 80],
  ['under', 7],
  ['over', 5],
  ['expire', 8],
]

/** SpacePay can be neither asked nor heard, and goes on taking money. */
export const providerOutage: Script = {
  title: 'Provider outage',
  description:
    'SpacePay’s API answers 503, hangs or breaks the connection, and its webhooks stop. Customers who were at the checkout still pay, on chain, and SpacePay sees it. Afterwards the webhooks come back all at once, out of order and some of them twice.',
  notice:
    'The webhook and API ages grow together, and after some minutes a bar says since when SpacePay has not answered. Payments rest in their old status. When it is over, statuses jump; a webhook “processing” may come after “completed” and must not take the payment back.',
  respond:
    'Tell the shop that new payments cannot be made. Promise nobody that a payment failed: money sent meanwhile counts. Create nothing by hand a second time; what was asked for and not answered may have been done. Afterwards compare the list with the API before judging any single payment.',
  minutes: 20,
  minutesMax: 240,
  stillsTraffic: true,
  begin: (stage) => {
    const { world } = stage
    const counts = { customers: 0, webhooksReleased: 0, webhooksRepeated: 0 }
    world.webhooks.hold()
    const faults = breakApi(stage)
    return {
      memory: {},
      act: (at) => {
        if (stage.remembered === null) counts.customers = leaveCustomersAtCheckout(stage, at)
        return null
      },
      end: () => {
        for (const id of faults) world.faults.remove(id)
        const { released, repeated } = letWebhooksGo(stage)
        counts.webhooksReleased += released
        counts.webhooksRepeated += repeated
      },
      tally: () => counts,
    }
  },
}

/** Most calls are told to come again, some wait for ever, some are cut off. */
function breakApi({ world }: Stage): string[] {
  return [
    world.faults.add({ on: 'any', phase: 'before', effect: { kind: 'hang' }, percent: 4 }),
    world.faults.add({ on: 'any', phase: 'before', effect: { kind: 'reset' }, percent: 6 }),
    world.faults.add({
      on: 'any',
      phase: 'before',
      effect: { kind: 'status', status: 503 },
      percent: 100,
    }),
  ]
}

/** Their payments were made a moment before; they pay in the course of the outage. */
function leaveCustomersAtCheckout(stage: Stage, at: number): number {
  const { random } = stage
  const customers = Math.max(2, Math.round(CUSTOMERS * stage.pace))
  const latestMs = Math.max(1_000, Math.min(stage.endsAt - at, PAYABLE_MS))
  for (let number = 0; number < customers; number += 1) {
    order(stage, {
      orderId: `ORDER-${random.between(80_000, 89_999)}`,
      outcome: choose(stage, outcomes, 'exact'),
      payAfterMs: random.between(500, latestMs),
    })
  }
  return customers
}

function letWebhooksGo({ world, random }: Stage): { released: number; repeated: number } {
  const told = new Set<string>()
  let released = 0
  world.webhooks.release((ids) => {
    released = ids.length
    for (const id of ids) {
      const delivery = world.webhooks.store.delivery(id)
      if (delivery) told.add(delivery.eventId)
    }
    return ids
      .map((id) => ({ id, place: random.fraction() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ id }) => id)
  })
  const repeated = [...told].filter((_, index) => index % REPEAT_EVERY === 0)
  for (const id of repeated) {
    const event = world.webhooks.store.event(id)
    if (event) world.webhooks.resend(event)
  }
  return { released, repeated: repeated.length }
}
