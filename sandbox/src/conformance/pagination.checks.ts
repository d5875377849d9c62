import type { Check } from './check.ts'
import { amountOf } from './created-payment.ts'
import { demandRefusal } from './published-errors.ts'
import { pageOf, payment, type Payment, paymentStatus } from './published-shapes.ts'
import type { Service } from './service.ts'
import { chainsPath, paymentsPath, tokensPath, type Trial, withdrawalsPath } from './trial.ts'
import { bodyOf, demand, demandStatus, Skipped } from './verdict.ts'

/** Enough to turn pages; fewer are created first. */
const PAYMENTS_MIN = 7
const PAGE_ROWS = 3
const WALKED_MAX = 30

export const paginationChecks: readonly Check[] = [
  {
    name: 'pages walked by createdAt ASC are the one large page: nothing twice, nothing left out',
    run: async (trial) => {
      await fill(trial)
      const oldest = 'sortBy=createdAt&sortOrder=ASC'
      const large = await readPage(trial.service, `?${oldest}&limit=${WALKED_MAX}`)
      const wanted = large.data.map((row) => row.id)
      const walked: string[] = []
      for (let offset = 0; offset < wanted.length; offset += PAGE_ROWS) {
        const page = await readPage(trial.service, `?${oldest}&limit=${PAGE_ROWS}&offset=${offset}`)
        walked.push(...page.data.map((row) => row.id))
      }
      const twice = walked.find((id, index) => walked.indexOf(id) !== index)
      demand(twice === undefined, 'no payment twice', `${twice} twice`)
      const differs = wanted.findIndex((id, index) => walked[index] !== id)
      demand(
        differs === -1,
        `${wanted[differs]} as number ${differs + 1}`,
        walked[differs] ?? 'nothing',
      )
    },
  },
  {
    name: 'limit, offset, hasMore, totalPages and currentPage agree with each other and the rows',
    run: async (trial) => {
      await fill(trial)
      for (const [limit, offset] of [
        [1, 0],
        [2, 0],
        [2, 2],
        [3, 3],
        [5, 1_000_000],
      ] as const) {
        const { data, pagination } = await readPage(
          trial.service,
          `?sortBy=createdAt&sortOrder=ASC&limit=${limit}&offset=${offset}`,
        )
        const { total } = pagination
        const rows = Math.max(0, Math.min(limit, total - offset))
        demand(data.length === rows, `${rows} rows of ${total} at ${offset}`, data.length)
        const wanted = {
          limit,
          offset,
          hasMore: offset + data.length < total,
          totalPages: Math.ceil(total / limit),
          // Past the end, what page it is is anybody's guess.
          ...(rows > 0 && Number.isInteger(offset / limit) && { currentPage: offset / limit + 1 }),
        }
        demandMembers(wanted, pagination)
      }
    },
  },
  {
    name: 'without parameters a page holds up to 100 payments, newest first',
    run: async (trial) => {
      await fill(trial)
      const { data, pagination } = await readPage(trial.service, '')
      demand(pagination.limit === 100 && pagination.offset === 0, 'limit 100, offset 0', pagination)
      demandOrder(data.map(createdAt).toReversed(), 'the newest first')
    },
  },
  {
    name: 'payments are sorted by time and by amount, both ways',
    run: async (trial) => {
      await fill(trial)
      for (const [sortBy, keyOf] of [
        ['createdAt', createdAt],
        ['amountInCents', amountOf],
      ] as const) {
        const read = async (sortOrder: string) => {
          const query = `?sortBy=${sortBy}&sortOrder=${sortOrder}&limit=50`
          return (await readPage(trial.service, query)).data.map(keyOf)
        }
        const rising = await read('ASC')
        const falling = await read('DESC')
        demandOrder(rising, `${sortBy} ASC`)
        demandOrder(falling.toReversed(), `${sortBy} DESC`)
        demand((rising[0] ?? 0) <= (falling[0] ?? 0), `the ends of ${sortBy} apart`, [
          rising[0],
          falling[0],
        ])
      }
    },
  },
  {
    name: 'each status filters payments by that status',
    run: async ({ service }) => {
      for (const status of paymentStatus.options) {
        const { data } = await readPage(service, `?status=${status}&limit=20`)
        demand(
          data.every((row) => row.status === status),
          `only ${status} payments`,
          data.map((row) => row.status),
        )
      }
    },
  },
  {
    name: 'type filters payments and deposits',
    run: async ({ service, sample }) => {
      const { payment: created } = await sample()
      if (created.type === undefined) throw new Skipped('this generation has no payment types')
      for (const type of ['payment', 'deposit'] as const) {
        const { data } = await readPage(service, `?type=${type}&limit=20`)
        demand(
          data.every((row) => row.type === type),
          `only rows of type ${type}`,
          data.map((row) => row.type),
        )
      }
    },
  },
  {
    name: 'search finds a payment by its id, together with a status',
    run: async ({ service, sample }) => {
      const { id } = await sample()
      const find = async (status: string) => {
        const query = `?search=${encodeURIComponent(id)}&status=${status}`
        return (await readPage(service, query)).data.map((row) => row.id)
      }
      const pending = await find('pending')
      demand(pending.length === 1 && pending[0] === id, `${id} alone among pending`, pending)
      const completed = await find('completed')
      demand(completed.length === 0, 'nothing among completed', completed)
    },
  },
  {
    name: 'limit is 1 to 1000 on every list, and offset from 0',
    run: async ({ service }) => {
      for (const path of [paymentsPath, withdrawalsPath, chainsPath, tokensPath]) {
        const first = await service.get(`${path}?limit=1`)
        if (path === withdrawalsPath && first.status === 404) continue
        demandStatus(first, 200)
        for (const query of ['limit=1001', 'limit=0', 'offset=-1', 'limit=ten']) {
          demandRefusal(await service.get(`${path}?${query}`), 400, 422)
        }
      }
      demandStatus(await service.get(`${paymentsPath}?limit=1000`), 200)
    },
  },
  {
    name: 'an unknown status, type, sort field or order is refused',
    run: async ({ service }) => {
      for (const query of ['status=paid', 'type=gift', 'sortBy=mood', 'sortOrder=SIDEWAYS']) {
        demandRefusal(await service.get(`${paymentsPath}?${query}`), 400, 422)
      }
    },
  },
]

async function fill(trial: Trial): Promise<void> {
  const { pagination } = await readPage(trial.service, '?limit=1')
  for (let total = pagination.total; total < PAYMENTS_MIN; total += 1) await trial.create()
}

async function readPage(service: Service, query: string) {
  const answer = await service.get(paymentsPath + query)
  demandStatus(answer, 200)
  return bodyOf(answer, pageOf(payment))
}

function createdAt(row: Payment): number {
  return Date.parse(row.createdAt)
}

function demandOrder(keys: readonly number[], what: string): void {
  const fault = keys.findIndex((key, index) => key < (keys[index - 1] ?? key))
  demand(fault === -1, what, `${keys[fault - 1]} and ${keys[fault]} at row ${fault}`)
}

function demandMembers(
  wanted: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(wanted)) {
    demand(got[name] === value, `${name} ${String(value)}`, got)
  }
}
