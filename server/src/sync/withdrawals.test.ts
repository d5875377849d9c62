import { expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { Db } from '../database.ts'
import { syncSetup, type SyncSetup } from '../testing/sync-setup.ts'
import { eventually } from '../testing/eventually.ts'
import { sweepOpenWithdrawals, sweepWithdrawals } from './withdrawals.ts'

const always = new AbortController().signal

test('the mirror tells of every withdrawal what the API tells, page by page, and new ones are found', async () => {
  await using setup = await syncSetup({ historyCount: 2_000, pageLimit: 4 })
  const { db } = setup.database
  expect(await sweepWithdrawals(setup.dependencies)).toBe(true)
  expect(await mirrored(db)).toHaveLength(4)
  while (await sweepWithdrawals(setup.dependencies));
  expect(await mirrored(db)).toEqual(await atApi(setup))

  await ask(setup, 'PAYOUT-NEW')
  await sweepWithdrawals(setup.dependencies)
  expect(await mirrored(db)).toEqual(await atApi(setup))
})

test('a row that cannot be read is left out, and the list is not read for it again and again', async () => {
  await using setup = await syncSetup({ historyCount: 2_000, pageLimit: 4 })
  let lists = 0
  const { listWithdrawals } = setup.dependencies.gateway
  const sync = {
    ...setup.dependencies,
    gateway: {
      ...setup.dependencies.gateway,
      listWithdrawals: async (query: Parameters<typeof listWithdrawals>[0]) => {
        lists++
        const page = await listWithdrawals(query)
        return {
          ...page,
          rows: page.rows.slice(1),
          rejected: page.rows.slice(0, 1).map(unreadable),
        }
      },
    },
  }
  while (await sweepWithdrawals(sync));
  const walked = lists
  for (let minute = 0; minute < 3; minute++) while (await sweepWithdrawals(sync));
  expect(lists).toBe(walked + 3)
})

test('one that is open is asked about again after half a minute, and no more once it is over', async () => {
  let now = new Date()
  await using setup = await syncSetup({ historyCount: 0, pageLimit: 30, now: () => now })
  const id = await ask(setup, 'PAYOUT-1')
  const { value, raw } = await setup.gateway.getWithdrawal(id)
  const earlier: unknown = JSON.parse(JSON.stringify(raw).replace('completed', 'processing'))
  const asked: string[] = []
  const sync = {
    ...setup.dependencies,
    gateway: {
      listWithdrawals: async () => ({
        rows: [{ value: { ...value, status: 'processing' }, raw: earlier }],
        rejected: [],
        total: 1,
        offset: 0,
        hasMore: false,
      }),
      getWithdrawal: (one: string) => {
        asked.push(one)
        return setup.gateway.getWithdrawal(one)
      },
    },
  }
  await sweepWithdrawals(sync)
  await sweepOpenWithdrawals(sync, always)
  expect(asked).toEqual([])
  now = new Date(now.getTime() + 31_000)
  await sweepOpenWithdrawals(sync, always)
  expect(await mirrored(setup.database.db)).toMatchObject([{ id, status: 'completed' }])
  now = new Date(now.getTime() + 86_400_000)
  await sweepOpenWithdrawals(sync, always)
  expect(asked).toEqual([id])
})

function unreadable(row: { readonly raw: unknown }, index: number) {
  return { index, id: null, problem: 'cannot be read', raw: row.raw }
}

/** Asks SpacePay for a withdrawal and waits until it has sent it. */
async function ask({ gateway }: SyncSetup, orderId: string): Promise<string> {
  const body = gateway.withdrawalBody({
    amountCents: amountCents.parse(5_000),
    network: 'eip155:84532',
    recipientAddress: '0x52908400098527886E0F7030069857D2E4169EE7',
    orderId,
  })
  const { id } = (await gateway.createWithdrawal(body, { idempotencyKey: orderId })).value
  await eventually(async () =>
    expect((await gateway.getWithdrawal(id)).value.status).toBe('completed'),
  )
  return id
}

async function mirrored(db: Db) {
  const rows = await db
    .selectFrom('withdrawal')
    .select(['id', 'status', 'amount_cents', 'recipient_address', 'order_id', 'tx_hash'])
    .execute()
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function atApi({ gateway }: SyncSetup) {
  const { rows } = await gateway.listWithdrawals({ limit: 1_000 })
  return rows
    .map(({ value }) => ({
      id: value.id,
      status: value.status,
      amount_cents: value.amountCents,
      recipient_address: value.recipientAddress,
      order_id: value.orderId,
      tx_hash: value.receipt?.txHash ?? null,
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
