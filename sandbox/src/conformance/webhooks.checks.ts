import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { Check } from './check.ts'
import { amountOf, readCreated } from './created-payment.ts'
import { payment, snapshot, withdrawal } from './published-shapes.ts'
import { jsonOf } from './service.ts'
import { paymentsPath, type Trial, withdrawalsPath } from './trial.ts'
import { bodyOf, demand, demandStatus, Skipped } from './verdict.ts'
import type { Delivery } from './webhook-receiver.ts'
import { realWish } from './withdrawal-wish.ts'

const names = {
  endpoint: 'x-spacepay-id',
  event: 'x-spacepay-event-id',
  delivery: 'x-spacepay-delivery-id',
  timestamp: 'x-spacepay-timestamp',
  signature: 'x-spacepay-signature',
} as const
const SKEW_MS_MAX = 5 * 60_000

export const webhookChecks: readonly Check[] = [
  {
    name: 'a new payment is told, with all five headers',
    run: async (trial) => {
      const { delivery } = await tellOfNewPayment(trial)
      for (const name of Object.values(names)) {
        demand(headerOf(delivery, name) !== '', `the header ${name}`, 'none')
      }
    },
  },
  {
    name: 'the signature is the hex HMAC-SHA256 of the timestamp header, a dot and the raw body',
    run: async (trial) => {
      const { delivery } = await tellOfNewPayment(trial)
      await demandSigned(trial, delivery)
    },
  },
  {
    name: 'the timestamp header is the time of sending, in seconds, milliseconds or ISO 8601',
    run: async (trial) => {
      const { delivery } = await tellOfNewPayment(trial)
      const text = headerOf(delivery, names.timestamp)
      const age = Math.abs(Date.now() - instantOf(text))
      demand(age < SKEW_MS_MAX, 'a time within five minutes of now', text)
    },
  },
  {
    name: 'the body is { type, data, timestamp } with a snapshot of the payment, and no secret',
    run: async (trial) => {
      const { delivery, created } = await tellOfNewPayment(trial)
      const { type, subject } = readBody(delivery)
      demand(type === 'payment.created', 'payment.created', type)
      demand(subject.id === created.id, `the payment ${created.id}`, subject)
      demand(subject.status === 'pending', 'status pending', subject)
      demand(subject.orderId === created.payment.orderId, 'its order id', subject)
      const cents = subject.amountInCents ?? subject.amount
      demand(cents === amountOf(created.payment), `${amountOf(created.payment)} cents`, subject)
      demand(
        created.secret === null || !delivery.rawBody.includes(created.secret),
        'no payment secret in a webhook',
        'one',
      )
    },
  },
  {
    name: 'every event has an id of its own, every delivery too, and the endpoint one id for all',
    run: async (trial) => {
      await tellOfNewPayment(trial)
      await tellOfNewPayment(trial)
      const { deliveries } = await trial.webhooks()
      const own = deliveries.filter(({ rawBody }) => rawBody.includes('"CONFORMANCE-'))
      const deliveryIds = new Set(own.map((delivery) => headerOf(delivery, names.delivery)))
      demand(deliveryIds.size === own.length, `${own.length} delivery ids`, deliveryIds.size)
      const endpoints = new Set(own.map((delivery) => headerOf(delivery, names.endpoint)))
      demand(endpoints.size === 1, 'one endpoint id', [...endpoints])
      const known = new Map<string, string>()
      for (const delivery of own) {
        const { type, subject } = readBody(delivery)
        const event = headerOf(delivery, names.event)
        const news = `${type} of ${subject.id} being ${subject.status}`
        const before = known.get(event) ?? news
        demand(before === news, `the event ${event} to be ${before}`, news)
        known.set(event, news)
      }
    },
  },
  {
    name: 'an event answered with 500 is told again: the same event, a new delivery, signed anew',
    run: async (trial) => {
      const heard = await trial.webhooks()
      const orderId = trial.orderId()
      heard.refuseOnce(orderId)
      readCreated(await trial.service.post(paymentsPath, trial.wish({ orderId })))
      const about = [`"${orderId}"`, 'payment.created']
      const [first, second] = await heard.waitFor(2, about)
      if (!first || !second) return
      const ids = (name: string) => [headerOf(first, name), headerOf(second, name)] as const
      const [event, eventAgain] = ids(names.event)
      demand(event === eventAgain, `the event ${event} again`, eventAgain)
      const [delivery, deliveryAgain] = ids(names.delivery)
      demand(delivery !== deliveryAgain, 'another delivery id', deliveryAgain)
      await demandSigned(trial, second)
    },
  },
  {
    name: 'a payment that is paid is told as payment.updated, and the API agrees',
    run: async (trial) => {
      const heard = await trial.webhooks()
      if (!heard.isSandbox) throw new Skipped('nobody pays here: this needs a sandbox')
      const orderId = `${trial.orderId()}-EXACT`
      const wish = trial.wish({ orderId })
      const created = readCreated(await trial.service.post(paymentsPath, wish))
      const [paid] = await heard.waitFor(1, [`"${orderId}"`, 'payment.updated', '"completed"'])
      if (!paid) return
      await demandSigned(trial, paid)
      demand(readBody(paid).subject.status === 'completed', 'status completed', paid.rawBody)
      const answer = await trial.service.get(`${paymentsPath}/${encodeURIComponent(created.id)}`)
      demand(bodyOf(answer, payment).status === 'completed', 'a completed payment', answer)
    },
  },
  {
    name: 'a new withdrawal is told as withdrawal.created',
    run: async (trial) => {
      const heard = await trial.webhooks()
      const answer = await trial.service.post(withdrawalsPath, await realWish(trial))
      demandStatus(answer, 201, 200)
      const { id } = bodyOf(answer, withdrawal)
      const [told] = await heard.waitFor(1, [id, 'withdrawal.created'])
      if (!told) return
      await demandSigned(trial, told)
      demand(readBody(told).subject.id === id, `the withdrawal ${id}`, told.rawBody)
    },
  },
]

/** Creates a payment and waits for the first word of it. */
async function tellOfNewPayment(trial: Trial) {
  const heard = await trial.webhooks()
  const orderId = trial.orderId()
  const created = readCreated(await trial.service.post(paymentsPath, trial.wish({ orderId })))
  const [delivery] = await heard.waitFor(1, [`"${orderId}"`])
  demand(delivery !== undefined, 'a webhook', 'none')
  return { created, delivery }
}

async function demandSigned(trial: Trial, delivery: Delivery): Promise<void> {
  const { secret } = await trial.webhooks()
  const timestamp = headerOf(delivery, names.timestamp)
  const signature = headerOf(delivery, names.signature)
  demand(/^[\da-f]{64}$/i.test(signature), 'a signature of 64 hex digits', signature)
  const signed = createHmac('sha256', secret).update(`${timestamp}.${delivery.rawBody}`)
  const wanted = signed.digest('hex')
  demand(signature.toLowerCase() === wanted, `the signature ${wanted}`, signature)
}

const envelope = z.looseObject({
  type: z.string().optional(),
  event: z.string().optional(),
  data: z.looseObject({ payment: z.unknown().optional(), withdrawal: z.unknown().optional() }),
  timestamp: z.string().optional(),
})

function readBody(delivery: Delivery) {
  const text = delivery.rawBody
  const answer = { call: 'a webhook', status: 200, headers: new Headers(), text }
  const { type, event, data } = bodyOf({ ...answer, body: jsonOf(text) }, envelope)
  const body = data.payment ?? data.withdrawal ?? data
  return { type: type ?? event ?? '', subject: bodyOf({ ...answer, body }, snapshot) }
}

function headerOf(delivery: Delivery, name: string): string {
  const value = delivery.headers[name]
  return typeof value === 'string' ? value : ''
}

function instantOf(text: string): number {
  if (/^\d{10}$/.test(text)) return Number(text) * 1_000
  return /^\d{13}$/.test(text) ? Number(text) : Date.parse(text)
}
