import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath } from '../testing/sandbox-client.ts'

const list = z.object({
  data: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      status: z.string(),
      amountInCents: z.number(),
      createdAt: z.string(),
      orderId: z.string(),
      depositAddress: z.looseObject({ address: z.string() }),
      receipt: z.looseObject({ txHash: z.string(), txSenderAddress: z.string() }).nullable(),
    }),
  ),
  pagination: z.object({
    total: z.number(),
    limit: z.number(),
    offset: z.number(),
    hasMore: z.boolean(),
    totalPages: z.number(),
    currentPage: z.number(),
  }),
})
// Standing still, so that nothing expires or arrives between two pages.
const standing = () => new Date('2026-11-22T12:00:00.000Z')

test('walking the pages meets every matching payment once and in order, whatever the filter, sort and page size', async () => {
  await using sandbox = await startSandbox({ historyCount: 150, now: standing })
  const client = clientOf(sandbox)
  const read = async (query: Record<string, string | number>) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) search.set(name, String(value))
    return list.parse((await client.get(`${paymentsPath}?${search.toString()}`)).body)
  }
  const everything = (await read({ limit: 1_000 })).data

  await fc.assert(
    fc.asyncProperty(
      fc.record(
        {
          status: fc.constantFrom('completed', 'expired', 'failed', 'pending', 'cancelled'),
          type: fc.constantFrom('payment', 'deposit'),
        },
        { requiredKeys: [] },
      ),
      fc.constantFrom('createdAt', 'amountInCents'),
      fc.constantFrom('ASC', 'DESC'),
      fc.integer({ min: 1, max: 70 }),
      async (filter, sortBy, sortOrder, limit) => {
        const seen: (typeof everything)[number][] = []
        for (let offset = 0; ; offset += limit) {
          const { data, pagination } = await read({ ...filter, sortBy, sortOrder, limit, offset })
          seen.push(...data)
          expect(pagination).toStrictEqual({
            total: pagination.total,
            limit,
            offset,
            hasMore: offset + data.length < pagination.total,
            totalPages: Math.ceil(pagination.total / limit),
            currentPage: offset / limit + 1,
          })
          if (!pagination.hasMore) break
        }
        const wanted = everything.filter(
          (payment) =>
            (filter.status === undefined || payment.status === filter.status) &&
            (filter.type === undefined || payment.type === filter.type),
        )
        expect(seen.map((payment) => payment.id).toSorted()).toStrictEqual(
          wanted.map((payment) => payment.id).toSorted(),
        )
        const keys = seen.map((payment) =>
          sortBy === 'createdAt' ? Date.parse(payment.createdAt) : payment.amountInCents,
        )
        const ascending = sortOrder === 'ASC' ? keys : keys.toReversed()
        expect(ascending).toStrictEqual(keys.toSorted((a, b) => a - b))
      },
    ),
    { numRuns: 40 },
  )
})

test('search finds a payment by part of its id, address, hash or sender in any case, and not by its order id', async () => {
  await using sandbox = await startSandbox({ historyCount: 60, now: standing })
  const client = clientOf(sandbox)
  const found = async (search: string) =>
    list
      .parse((await client.get(`${paymentsPath}?search=${encodeURIComponent(search)}`)).body)
      .data.map((payment) => payment.id)
  const { data } = list.parse((await client.get(`${paymentsPath}?status=completed`)).body)
  const [target] = data
  if (!target?.receipt) throw new Error('The history holds no completed payment.')

  expect(await found(target.id.slice(4, 20))).toStrictEqual([target.id])
  expect(await found(target.depositAddress.address.toUpperCase().slice(4))).toStrictEqual([
    target.id,
  ])
  expect(await found(target.receipt.txHash.slice(10, 40))).toStrictEqual([target.id])
  expect(await found(target.receipt.txSenderAddress)).toStrictEqual([target.id])
  expect(await found('northwind')).toHaveLength(60)
  expect(await found(target.orderId)).toStrictEqual([])
})
