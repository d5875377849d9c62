import { randomUUID } from 'node:crypto'
import type { Check } from './check.ts'
import { demandRefusal } from './published-errors.ts'
import { balancesPath, paymentsPath, type Trial, withdrawalsPath } from './trial.ts'
import { demand, demandStatus } from './verdict.ts'

const WRONG_KEY = 'sk_test_conformance_wrong_key'
/** The pages answer 400 where the marketing page answers 422. */
const outOfRange = [400, 422] as const

export const errorChecks: readonly Check[] = [
  {
    name: 'a missing secret key is 401 on every merchant route',
    run: async ({ service, wish }) => {
      const nobody = { as: 'nobody' } as const
      for (const path of [paymentsPath, `${paymentsPath}/x`, withdrawalsPath, balancesPath]) {
        demandRefusal(await service.get(path, nobody), 401)
      }
      demandRefusal(await service.post(paymentsPath, wish(), nobody), 401)
      demandRefusal(await service.post(withdrawalsPath, {}, nobody), 401)
    },
  },
  {
    name: 'a wrong secret key is 401',
    run: async (trial) => {
      const headers = { 'X-SpacePay-Secret-Key': WRONG_KEY }
      demandRefusal(await trial.service.get(paymentsPath, { as: 'nobody', headers }), 401)
      const sent = { as: 'nobody', headers } as const
      demandRefusal(await trial.service.post(paymentsPath, trial.wish(), sent), 401)
    },
  },
  {
    name: 'the secret key as a bearer token is 401',
    run: async ({ service, options }) => {
      const headers = { Authorization: `Bearer ${options.secretKey}` }
      demandRefusal(await service.get(paymentsPath, { as: 'nobody', headers }), 401)
    },
  },
  {
    name: 'an unknown payment is 404',
    run: async ({ service }) =>
      demandRefusal(await service.get(`${paymentsPath}/${randomUUID()}`), 404),
  },
  {
    name: 'an unknown withdrawal is 404',
    run: async ({ service }) =>
      demandRefusal(await service.get(`${withdrawalsPath}/${randomUUID()}`), 404),
  },
  {
    name: 'the payment of another merchant is 404, and in no list',
    run: async ({ service, sample, otherMerchant }) => {
      const sent = { headers: otherMerchant() }
      const { id } = await sample()
      const path = `${paymentsPath}/${encodeURIComponent(id)}`
      demandRefusal(await service.get(path, sent), 404)
      const list = await service.get(`${paymentsPath}?search=${encodeURIComponent(id)}`, sent)
      demandStatus(list, 200)
      demand(!list.text.includes(id), 'a list without it', list)
    },
  },
  refusedCreate('malformed JSON', () => '{"amount":', [400]),
  refusedCreate('a body that is a list', () => [], [400, 422]),
  refusedCreate('an amount in text', ({ wish }) => wish({ amount: 'a lot' }), [400, 422]),
  refusedCreate('a missing amount', ({ wish }) => wish({ amount: undefined }), [400, 422]),
  refusedCreate('a missing currency', ({ wish }) => wish({ currency: undefined }), [400, 422]),
  refusedCreate('a missing order id', ({ wish }) => wish({ orderId: undefined }), [400, 422]),
  refusedCreate('another currency', ({ wish }) => wish({ currency: 'EUR' }), [400, 422]),
  refusedCreate('an unknown type', ({ wish }) => wish({ type: 'gift' }), [400, 422]),
  refusedCreate(
    'metadata that is no text',
    ({ wish }) => wish({ customMetadata: { a: 1 } }),
    [400, 422],
  ),
  refusedCreate(
    'an order id of 256 characters',
    ({ wish, orderId }) => wish({ orderId: orderId().padEnd(256, 'x') }),
    [400, 422],
  ),
  refusedCreate('an amount of one cent', ({ wish }) => wish({ amount: 1 }), outOfRange),
  refusedCreate('a negative amount', ({ wish }) => wish({ amount: -14_999 }), outOfRange),
  refusedCreate(
    'an amount above the maximum',
    ({ wish }) => wish({ amount: 100_000_001 }),
    outOfRange,
  ),
]

function refusedCreate(
  what: string,
  bodyFor: (trial: Trial) => unknown,
  statuses: readonly number[],
): Check {
  return {
    name: `a payment with ${what} is refused`,
    run: async (trial) =>
      demandRefusal(await trial.service.post(paymentsPath, bodyFor(trial)), ...statuses),
  }
}
