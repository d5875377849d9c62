import { randomUUID } from 'node:crypto'
import type { PaymentRecord } from '../payments/payment-record.ts'
import { mainMerchant } from '../registry/merchant.ts'
import { ApiError } from '../wire/api-error.ts'
import { type Loot, sendForgery } from './forged-webhook.ts'
import type { Script, Stage } from './script.ts'
import { MINUTE_MS, order, pause, SECOND_MS } from './shop-customer.ts'

/** The thief's own orders, by which they are known again after a restart. */
const THIEF_ORDER = 'ORDER-66'
/** How far back a payment is looked for that ran out. */
const LOOK_BACK = 3_000

/** Somebody who has the endpoint's secret tells the shop that payments were paid. */
export const stolenWebhookSecret: Script = {
  title: 'Stolen webhook secret',
  description:
    'Somebody has got hold of your webhook endpoint’s secret. They order at the shop, never pay, and send webhooks that are signed correctly and claim “completed”: for pending payments, for expired ones, and for payments that do not exist. The API goes on telling the truth.',
  notice:
    'Webhooks with a valid signature say “completed” while the API says pending, expired, or not found. In a payment’s detail the two sources tell different stories, and there is neither a receipt nor a transaction.',
  respond:
    'Believe the API and ship nothing on these webhooks. Rotate the endpoint’s secret and give Desk the new one: the thief’s webhooks then fail with a bad signature, while SpacePay’s own still verify. Then go through the payments that were claimed and stop their orders.',
  minutes: 60,
  minutesMax: 480,
  stillsTraffic: false,
  begin: (stage) => {
    const { world } = stage
    const loot = lootOf(stage)
    const counts = { sent: 0, believed: 0, refused: 0 }
    const stopping = new AbortController()
    const inFlight = new Set<Promise<void>>()
    let turn = 0

    const claim = async (payment: PaymentRecord, at: number) => {
      counts.sent += 1
      const { profile } = world.settings
      const moment = { at, wall: world.clock.wall(), profile, stop: stopping.signal }
      const isBelieved = await sendForgery(loot, payment, moment)
      if (isBelieved === true) counts.believed += 1
      if (isBelieved === false) counts.refused += 1
    }

    return {
      memory: { ...loot },
      act: (at) => {
        const victim = [unpaid, runOut, madeUp][turn % 3] ?? unpaid
        turn += 1
        const work = claim(victim(stage), at).finally(() => inFlight.delete(work))
        inFlight.add(work)
        return at + pause(stage, 40 * SECOND_MS, 2 * MINUTE_MS)
      },
      end: () => undefined,
      tally: () => counts,
      close: async () => {
        stopping.abort()
        await Promise.all(inFlight)
      },
    }
  },
}

/** Read once: a secret that is rotated later is not theirs. */
function lootOf({ world, remembered }: Stage): Loot {
  const { endpointId, url, secret } = remembered ?? {}
  if (endpointId !== undefined && url !== undefined && secret !== undefined) {
    return { endpointId, url, secret }
  }
  const endpoint = world.webhooks.store
    .endpoints()
    .find(({ status, merchantId }) => status === 'ACTIVE' && merchantId === mainMerchant.id)
  if (!endpoint) {
    throw new ApiError(
      { status: 409, type: 'invalid_request_error', code: 'no_webhook_endpoint' },
      'There is no active webhook endpoint whose secret could be stolen. Register one first.',
    )
  }
  return { endpointId: endpoint.id, url: endpoint.url, secret: endpoint.secret }
}

/** A payment of the thief's own that is still pending and stays so. */
function unpaid(stage: Stage): PaymentRecord {
  const { random } = stage
  return order(stage, {
    orderId: `${THIEF_ORDER}${random.between(100, 999)}`,
    outcome: 'expire',
    payAfterMs: 0,
    amountCents: random.between(30_000, 140_000),
  })
}

/** A payment that ran out without money, the thief's own if there is one. */
function runOut(stage: Stage): PaymentRecord {
  const recent = stage.world.payments.all().slice(-LOOK_BACK)
  const expired = recent.filter(
    (payment) =>
      payment.status === 'expired' &&
      payment.transaction === null &&
      payment.merchantId === mainMerchant.id,
  )
  return (
    expired.findLast(({ orderId }) => orderId.startsWith(THIEF_ORDER)) ??
    expired.at(-1) ??
    unpaid(stage)
  )
}

/** A payment that SpacePay never heard of, in the likeness of one that it did. */
function madeUp(stage: Stage): PaymentRecord {
  const { world, random } = stage
  const model = world.payments.all().at(-1) ?? unpaid(stage)
  return {
    ...model,
    id: randomUUID(),
    merchantId: mainMerchant.id,
    amountCents: random.between(30_000, 140_000),
    orderId: `${THIEF_ORDER}${random.between(100, 999)}`,
    createdAt: world.clock.now() - 2 * MINUTE_MS,
  }
}
