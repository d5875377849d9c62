import { randomUUID } from 'node:crypto'
import type { Check } from './check.ts'
import { readCreated } from './created-payment.ts'
import { demandRefusal } from './published-errors.ts'
import { pageOf, payment } from './published-shapes.ts'
import { paymentsPath, withdrawalsPath } from './trial.ts'
import { bodyOf, demand, demandStatus, Skipped } from './verdict.ts'

export const idempotencyChecks: readonly Check[] = [
  {
    name: 'the same key and body again answer the first payment, its secret included',
    run: async ({ service, wish }) => {
      const asked = wish()
      const headers = freshKey()
      const first = readCreated(await service.post(paymentsPath, asked, { headers }))
      const answer = await service.post(paymentsPath, asked, { headers })
      const second = readCreated(answer)
      demand(second.id === first.id, `the first payment ${first.id} again`, answer)
      demand(
        second.secret === first.secret && second.url === first.url,
        'its secret and page',
        answer,
      )
    },
  },
  {
    name: 'the same body written in another order and spacing counts as the same',
    run: async ({ service, wish }) => {
      const asked = wish()
      const headers = freshKey()
      const first = readCreated(await service.post(paymentsPath, asked, { headers }))
      const reordered = Object.fromEntries(Object.entries(asked).toReversed())
      const answer = await service.post(paymentsPath, JSON.stringify(reordered, null, 2), {
        headers,
      })
      demand(readCreated(answer).id === first.id, `the first payment ${first.id} again`, answer)
    },
  },
  {
    name: 'the same key with another body is 409',
    run: async ({ service, wish }) => {
      const asked = wish()
      const headers = freshKey()
      readCreated(await service.post(paymentsPath, asked, { headers }))
      const other = { ...asked, amount: 15_000 }
      demandRefusal(await service.post(paymentsPath, other, { headers }), 409)
    },
  },
  {
    name: 'the same key sent many times at once creates one payment',
    run: async ({ service, wish }) => {
      const asked = wish()
      const headers = freshKey()
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => service.post(paymentsPath, asked, { headers })),
      )
      // Those that came while the first was still being answered are told so.
      const made = answers.filter((answer) => answer.status !== 409).map(readCreated)
      demand(made.length > 0, 'one of four to be answered', answers[0])
      const ids = new Set(made.map((one) => one.id))
      demand(ids.size === 1, 'one payment', `${ids.size} payments: ${[...ids].join(', ')}`)
    },
  },
  {
    name: 'another key, or none, creates another payment from the same body',
    run: async ({ service, wish }) => {
      const asked = wish()
      const ids = new Set<string>()
      for (const headers of [freshKey(), freshKey(), {}, {}]) {
        ids.add(readCreated(await service.post(paymentsPath, asked, { headers })).id)
      }
      demand(ids.size === 4, 'four payments', `${ids.size}`)
    },
  },
  {
    name: 'a key used for a payment is free for a withdrawal',
    run: async ({ service, wish }) => {
      const headers = freshKey()
      const payment = readCreated(await service.post(paymentsPath, wish(), { headers }))
      // Without an address there is nothing to pay; the answer still tells whether the key was taken.
      const answer = await service.post(withdrawalsPath, { amountInCents: 100 }, { headers })
      if (answer.status === 404) throw new Skipped('this generation has no withdrawals')
      demand(!answer.text.includes(payment.id), 'an answer about the withdrawal', answer)
      demandRefusal(answer, 400, 403, 422)
    },
  },
  {
    name: 'a key used by one merchant is free for another',
    run: async ({ service, wish, otherMerchant }) => {
      const headers = freshKey()
      const other = { ...headers, ...otherMerchant() }
      const asked = wish()
      const { id } = readCreated(await service.post(paymentsPath, asked, { headers }))
      const answer = await service.post(paymentsPath, asked, { headers: other })
      demand(readCreated(answer).id !== id, 'a payment of its own', answer)
    },
  },
  {
    name: 'reading ignores the key',
    run: async ({ service, wish }) => {
      const headers = freshKey()
      const created = readCreated(await service.post(paymentsPath, wish(), { headers }))
      const path = `${paymentsPath}/${encodeURIComponent(created.id)}`
      const one = await service.get(path, { headers })
      demandStatus(one, 200)
      demand(bodyOf(one, payment).id === created.id, `the payment ${created.id}`, one)
      const list = await service.get(`${paymentsPath}?limit=1`, { headers })
      demandStatus(list, 200)
      bodyOf(list, pageOf(payment))
    },
  },
]

function freshKey() {
  return { 'Idempotency-Key': randomUUID() }
}
