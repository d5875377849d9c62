import * as z from 'zod'
import type { Check } from './check.ts'
import { type CreatedPayment, readCreated } from './created-payment.ts'
import { demandRefusal } from './published-errors.ts'
import { pageOf, payment, quote, statusOnly, token } from './published-shapes.ts'
import { demandAmountAtRate } from './quote-arithmetic.ts'
import type { Answer, Service } from './service.ts'
import { paymentsPath, tokensPath, type Trial } from './trial.ts'
import { bodyOf, demand, demandStatus, Skipped } from './verdict.ts'

const quoteList = z.array(quote).describe('a bare array of quotes')

export const payerChecks: readonly Check[] = [
  {
    name: 'the payment secret opens the payment, without what the merchant gets',
    run: async (trial) => {
      const payer = await payerOf(trial)
      const answer = await payer.get('')
      demandStatus(answer, 200)
      const read = bodyOf(answer, payment)
      demand(read.id === payer.created.id, `the payment ${payer.created.id}`, answer)
      demand(read.amountMerchantNetCents === undefined, 'no amountMerchantNetCents', answer)
    },
  },
  {
    name: 'status answers id and status',
    run: async (trial) => {
      const payer = await payerOf(trial)
      demandPending(await payer.get('/status'), payer.created)
    },
  },
  {
    name: 'refresh-status answers id and status',
    run: async (trial) => {
      const payer = await payerOf(trial)
      demandPending(await payer.post('/refresh-status', {}), payer.created)
    },
  },
  {
    name: 'a quote is made without naming a token, and is listed among the active ones',
    run: async (trial) => {
      const payer = await payerOf(trial)
      const made = await payer.post('/quotes', {})
      demandStatus(made, 201)
      demand(bodyOf(made, quote).status === 'active', 'an active quote', made)
      const listed = await payer.get('/quotes')
      demandStatus(listed, 200)
      const { length } = bodyOf(listed, quoteList).filter((one) => one.status === 'active')
      demand(length > 0 && length === bodyOf(listed, quoteList).length, 'active quotes', listed)
    },
  },
  {
    name: 'a quote is made in the token that is named, for what is due at its rate',
    run: async (trial) => {
      const payer = await payerOf(trial)
      const other = await otherToken(trial.service, payer.created)
      const answer = await payer.post('/quotes', other)
      demandStatus(answer, 201)
      const read = bodyOf(answer, quote)
      demand(read.chainId === other.chainId, `a quote on chain ${other.chainId}`, answer)
      const address = typeof read.token === 'string' ? null : read.token.contractAddress
      demand(
        address === null || address.toLowerCase() === other.contractAddress.toLowerCase(),
        `a quote in ${other.contractAddress}`,
        answer,
      )
      if (typeof read.amountDueCents === 'number') demandAmountAtRate(read, read.amountDueCents)
    },
  },
  {
    name: 'a quote in a token that does not exist is refused',
    run: async (trial) => {
      const payer = await payerOf(trial)
      const nowhere = { chainId: 999_999_999, contractAddress: `0x${'12'.repeat(20)}` }
      demandRefusal(await payer.post('/quotes', nowhere), 400, 404, 422)
    },
  },
  {
    name: 'a missing or wrong payment secret, the merchant key and the secret of another payment are 401',
    run: async (trial) => {
      const { created } = await payerOf(trial)
      const other = readCreated(await trial.create())
      const path = payerPath(created.id)
      const { secretKey } = trial.options
      for (const headers of [
        {},
        { 'X-SpacePay-Payment-Secret': 'nope' },
        { 'X-SpacePay-Payment-Secret': secretKey },
        { 'X-SpacePay-Payment-Secret': other.secret ?? 'nope' },
      ]) {
        demandRefusal(await trial.service.get(path, { as: 'nobody', headers }), 401)
      }
    },
  },
  {
    name: 'the payment secret does not open the merchant’s routes',
    run: async (trial) => {
      const { created, secret } = await payerOf(trial)
      const headers = { 'X-SpacePay-Payment-Secret': secret }
      const path = `${paymentsPath}/${encodeURIComponent(created.id)}`
      demandRefusal(await trial.service.get(path, { as: 'nobody', headers }), 401)
    },
  },
]

async function payerOf(trial: Trial) {
  const created = await trial.sample()
  const { secret } = created
  if (secret === null) throw new Skipped('the answer to create shows no payment secret')
  const sent = { as: 'nobody', headers: { 'X-SpacePay-Payment-Secret': secret } } as const
  return {
    created,
    secret,
    get: (route: string) => trial.service.get(payerPath(created.id) + route, sent),
    post: (route: string, body: unknown) =>
      trial.service.post(payerPath(created.id) + route, body, sent),
  }
}

function payerPath(id: string): string {
  return `/v1/external/payment-secret-auth/payments/${encodeURIComponent(id)}`
}

function demandPending(answer: Answer, created: CreatedPayment): void {
  demandStatus(answer, 200)
  const read = bodyOf(answer, statusOnly)
  demand(read.id === created.id, `the id ${created.id}`, answer)
  demand(read.status === 'pending', 'a payment nobody paid to be pending', answer)
}

/** A token of the registry that the payment is not quoted in yet. */
async function otherToken(service: Service, created: CreatedPayment) {
  const answer = await service.get(`${tokensPath}?limit=1000`, { as: 'nobody' })
  const quoted = new Set(
    created.payment.quotes.map(({ token }) => (typeof token === 'string' ? token : token.id)),
  )
  const other = bodyOf(answer, pageOf(token)).data.find(
    (row) => !quoted.has(row.id) && !quoted.has(row.symbol) && row.contractAddress.startsWith('0x'),
  )
  if (!other?.chain) throw new Skipped('the registry has no second token')
  return { chainId: other.chain.chainId, contractAddress: other.contractAddress }
}
