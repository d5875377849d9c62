import * as z from 'zod'
import type { Check } from './check.ts'
import { amountOf, readCreated } from './created-payment.ts'
import { balances, pageOf, payment } from './published-shapes.ts'
import { demandAmountAtRate } from './quote-arithmetic.ts'
import { AMOUNT_CENTS, balancesPath, paymentsPath } from './trial.ts'
import { bodyOf, demand, demandStatus, Skipped } from './verdict.ts'

const openApi = z
  .looseObject({
    openapi: z.string().regex(/^3\./, 'must be version 3'),
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  .describe('an OpenAPI document')

export const shapeChecks: readonly Check[] = [
  {
    name: 'the health route answers 200 without a key',
    run: async ({ service }) => demandStatus(await service.get('/v1', { as: 'nobody' }), 200),
  },
  {
    name: 'the OpenAPI document is served, and describes payments',
    run: async ({ service }) => {
      const answer = await service.get('/docs/swagger.json', { as: 'nobody' })
      if (answer.status === 404) throw new Skipped('this host serves no OpenAPI document')
      demandStatus(answer, 200)
      const { paths } = bodyOf(answer, openApi)
      const members = Object.keys(paths[paymentsPath] ?? {})
      demand(
        members.includes('get') && members.includes('post'),
        `get and post of ${paymentsPath} in paths`,
        Object.keys(paths),
      )
    },
  },
  {
    name: 'a created payment has a published shape and repeats what was asked for',
    run: async ({ service, wish }) => {
      const asked = wish({
        redirectUrl: 'https://shop.example/thanks',
        customMetadata: '{"a":"1"}',
      })
      const answer = await service.post(paymentsPath, asked)
      const created = readCreated(answer)
      demand(created.payment.status === 'pending', 'a new payment to be pending', answer)
      demand(amountOf(created.payment) === AMOUNT_CENTS, `${AMOUNT_CENTS} cents`, answer)
      demand(created.payment.orderId === asked['orderId'], 'the order id as sent', answer)
    },
  },
  {
    name: 'a payment can be paid: it or one of its quotes has a deposit address',
    run: async ({ sample }) => {
      const { payment: created } = await sample()
      demand(
        [created, ...created.quotes].some((place) => place.depositAddress?.address !== undefined),
        'a depositAddress on the payment or on a quote',
        created,
      )
    },
  },
  {
    name: 'a payment is read bare, and is the one that was created',
    run: async ({ service, sample }) => {
      const created = await sample()
      const answer = await service.get(`${paymentsPath}/${encodeURIComponent(created.id)}`)
      demandStatus(answer, 200)
      const read = bodyOf(answer, payment)
      demand(read.id === created.id, `the payment ${created.id}`, answer)
      demand(read.orderId === created.payment.orderId, 'the order id as created', answer)
      demand(amountOf(read) === amountOf(created.payment), 'the amount as created', answer)
    },
  },
  {
    name: 'a list of payments has the published envelope, and payments of a published shape',
    run: async ({ service, sample }) => {
      await sample()
      const answer = await service.get(`${paymentsPath}?limit=25`)
      demandStatus(answer, 200)
      demand(bodyOf(answer, pageOf(payment)).data.length > 0, 'at least one payment', answer)
    },
  },
  {
    name: 'quotes are worth what is due at their rate, and belong to their payment',
    run: async ({ sample }) => {
      const created = await sample()
      const { quotes } = created.payment
      if (quotes.length === 0) throw new Skipped('the new payment has no quote yet')
      for (const quote of quotes) {
        demand((quote.paymentId ?? created.id) === created.id, 'the id of its payment', quote)
        demandAmountAtRate(quote, quote.amountDueCents ?? amountOf(created.payment))
      }
    },
  },
  {
    name: 'fees: the payer owes at least the amount, the merchant gets at most the amount',
    run: async ({ sample }) => {
      const { payment: created } = await sample()
      const { amountDueCents, amountMerchantNetCents } = created
      if (amountDueCents === undefined && amountMerchantNetCents === undefined) {
        throw new Skipped('this generation has no fee fields')
      }
      demand(
        (amountDueCents ?? AMOUNT_CENTS) >= AMOUNT_CENTS,
        `amountDueCents of at least ${AMOUNT_CENTS}`,
        created,
      )
      demand(
        (amountMerchantNetCents ?? AMOUNT_CENTS) <= AMOUNT_CENTS,
        `amountMerchantNetCents of at most ${AMOUNT_CENTS}`,
        created,
      )
    },
  },
  {
    name: 'a completed payment has a receipt with its transaction, and a pending one has none',
    run: async ({ service, sample }) => {
      const pending = await sample()
      demand(
        (pending.payment.receipt ?? null) === null,
        'no receipt while pending',
        pending.payment,
      )
      const list = await service.get(`${paymentsPath}?status=completed&limit=1`)
      const [completed] = bodyOf(list, pageOf(payment)).data
      if (!completed) throw new Skipped('no payment is completed yet')
      const answer = await service.get(`${paymentsPath}/${encodeURIComponent(completed.id)}`)
      const { receipt } = bodyOf(answer, payment)
      demand(
        (receipt?.txHash ?? receipt?.transactionHash ?? null) !== null,
        'a receipt with txHash or transactionHash',
        answer,
      )
    },
  },
  {
    name: 'a deposit needs no amount, and one customer keeps one deposit address',
    run: async ({ service, wish, orderId }) => {
      const customer = { type: 'deposit', amount: undefined, customerRefId: orderId() }
      const answer = await service.post(paymentsPath, wish(customer))
      if (answer.status === 422 || answer.status === 403) {
        throw new Skipped(`deposits are refused for this merchant: ${answer.text.slice(0, 100)}`)
      }
      const first = readCreated(answer).payment
      demand((first.type ?? 'deposit') === 'deposit', 'type deposit', answer)
      const second = readCreated(await service.post(paymentsPath, wish(customer))).payment
      demand(
        second.id !== first.id &&
          addressesOf(first) !== null &&
          addressesOf(second) === addressesOf(first),
        'a second deposit at the same address',
        [addressesOf(first), addressesOf(second)],
      )
    },
  },
  {
    name: 'wallet balances have the published shape',
    run: async ({ service }) => {
      const answer = await service.get(balancesPath)
      if (answer.status === 404) throw new Skipped('older deployments have no balances')
      if (answer.status === 400) throw new Skipped('the merchant has no wallet address')
      demandStatus(answer, 200)
      for (const balance of bodyOf(answer, balances).balances) {
        const { amountRaw, amountFormatted, token } = balance
        demand(
          amountRaw === null ||
            amountFormatted === null ||
            inBaseUnits(amountFormatted, token.decimals) === BigInt(amountRaw),
          'amountFormatted to be amountRaw with the decimals of its token',
          balance,
        )
      }
    },
  },
]

function addressesOf(read: {
  depositAddress?: Address
  quotes: readonly { depositAddress?: Address }[]
}) {
  const first =
    read.depositAddress ?? read.quotes.find((quote) => quote.depositAddress)?.depositAddress
  return first?.address ?? null
}

type Address = { readonly address: string } | null | undefined

function inBaseUnits(decimal: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals))
}
