import { randomUUID } from 'node:crypto'
import type { Check } from './check.ts'
import { demandRefusal } from './published-errors.ts'
import { pageOf, withdrawal, withdrawalStatus } from './published-shapes.ts'
import type { Service } from './service.ts'
import { withdrawalsPath } from './trial.ts'
import { bodyOf, demand, demandStatus, Skipped } from './verdict.ts'
import { AMOUNT_CENTS, payableChain, realWish } from './withdrawal-wish.ts'

const AMOUNT_MAX_CENTS = 100_000_000
/** Disabled withdrawals are a refusal too. */
const refused = [400, 403, 422] as const

/*
 * Money may leave only for `withdrawTo`. Without it, every withdrawal sent here is one that no
 * service could pay: nobody to pay to, nothing to pay, or no chain to pay on.
 */
export const withdrawalChecks: readonly Check[] = [
  {
    name: 'a list of withdrawals has the published envelope, and withdrawals of the published shape',
    run: async ({ service }) => {
      const answer = await listed(service, '')
      const page = bodyOf(answer, pageOf(withdrawal))
      for (const row of page.data.slice(0, 1)) {
        const read = await service.get(`${withdrawalsPath}/${encodeURIComponent(row.id)}`)
        demandStatus(read, 200)
        demand(bodyOf(read, withdrawal).id === row.id, `the withdrawal ${row.id}`, read)
      }
    },
  },
  {
    name: 'withdrawals are filtered by each status, and pages follow limit and offset',
    run: async ({ service }) => {
      for (const status of withdrawalStatus.options) {
        const answer = await listed(service, `?status=${status}&limit=5`)
        const { data, pagination } = bodyOf(answer, pageOf(withdrawal))
        demand(
          data.every((row) => row.status === status) && data.length <= 5,
          `at most five withdrawals, all ${status}`,
          answer,
        )
        demand(
          pagination.hasMore === pagination.total > data.length,
          'hasMore as total says',
          answer,
        )
      }
    },
  },
  {
    name: 'a failed withdrawal says why, and a completed one has its receipt',
    run: async ({ service }) => {
      const failed = bodyOf(await listed(service, '?status=failed'), pageOf(withdrawal)).data
      const completed = bodyOf(await listed(service, '?status=completed'), pageOf(withdrawal)).data
      if (failed.length + completed.length === 0) throw new Skipped('no withdrawal has ended yet')
      demand(
        failed.every((row) => Boolean(row.errorMessage)),
        'errorMessage when failed',
        failed,
      )
      demand(
        completed.every((row) => Boolean(row.receipt)),
        'a receipt when completed',
        completed,
      )
    },
  },
  refusedWithdrawal('to a bad address', { recipientAddress: '0x123' }),
  refusedWithdrawal('without an address', { recipientAddress: undefined }),
  refusedWithdrawal('on an unknown chain', { chainId: 999_999_999 }),
  refusedWithdrawal('of nothing', { amountInCents: 0 }),
  refusedWithdrawal('of an amount in words', { amountInCents: 'five' }),
  refusedWithdrawal('without an amount', { amountInCents: undefined }),
  {
    name: 'a withdrawal above the maximum is refused',
    run: async (trial) => {
      const wish = await realWish(trial)
      const answer = await trial.service.post(withdrawalsPath, {
        ...wish,
        amountInCents: AMOUNT_MAX_CENTS + 1,
      })
      demandRefusal(answer, ...refused)
    },
  },
  {
    name: 'a withdrawal is created, read and listed, and its key repeated creates no second one',
    run: async (trial) => {
      const { service } = trial
      const wish = await realWish(trial)
      const headers = { 'Idempotency-Key': randomUUID() }
      const answer = await service.post(withdrawalsPath, wish, { headers })
      demandStatus(answer, 201, 200)
      const made = bodyOf(answer, withdrawal)
      demand(made.amountInCents === AMOUNT_CENTS, `${AMOUNT_CENTS} cents`, answer)
      demand(made.chainId === wish.chainId, `chain ${wish.chainId}`, answer)
      demand(made.orderId === wish.orderId, 'the order id as sent', answer)

      const read = await service.get(`${withdrawalsPath}/${encodeURIComponent(made.id)}`)
      demand(bodyOf(read, withdrawal).id === made.id, `the withdrawal ${made.id}`, read)
      const all = await listed(service, '?limit=1000')
      demand(
        bodyOf(all, pageOf(withdrawal)).data.some((row) => row.id === made.id),
        `the withdrawal ${made.id} in the list`,
        'a list without it',
      )
      const again = await service.post(withdrawalsPath, wish, { headers })
      demand(bodyOf(again, withdrawal).id === made.id, `the withdrawal ${made.id} again`, again)
      const other = { ...wish, amountInCents: AMOUNT_CENTS + 1 }
      demandRefusal(await service.post(withdrawalsPath, other, { headers }), 409)
    },
  },
]

/** Well-formed, and nobody's: only ever sent along with something that must be refused. */
const NOBODY = '0x52908400098527886e0f7030069857d2e4169ee7'

function refusedWithdrawal(what: string, wrong: Readonly<Record<string, unknown>>): Check {
  return {
    name: `a withdrawal ${what} is refused`,
    run: async ({ service }) => {
      await listed(service, '?limit=1')
      const chainId = await payableChain(service)
      const wish = { amountInCents: AMOUNT_CENTS, chainId, recipientAddress: NOBODY, ...wrong }
      demandRefusal(await service.post(withdrawalsPath, wish), ...refused)
    },
  }
}

async function listed(service: Service, query: string) {
  const answer = await service.get(withdrawalsPath + query)
  if (answer.status === 404 || answer.status === 403) {
    throw new Skipped('this merchant or generation has no withdrawals')
  }
  demandStatus(answer, 200)
  return answer
}
