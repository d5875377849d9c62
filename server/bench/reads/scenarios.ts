import { type Kysely, sql } from 'kysely'
import { paymentId } from '@desk/shared/payments/payment'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { Database } from '../../src/database-schema.ts'
import { encodeCursor } from '../../src/payments/payment-cursor.ts'

/** A promise of `quality.md`: against the bare route, or in milliseconds at p95. */
export interface Goal {
  readonly name: string
  readonly ratioMax?: number
  readonly p95MaxMs?: number
}

/** One kind of read, asked of both sides with the same values: paths that are taken in turn. */
export interface Scenario {
  readonly name: string
  readonly goal: Goal | null
  readonly desk: readonly string[]
  readonly bare: readonly string[]
}

const VARIANTS = 400
const pageGoal = { name: 'P1', ratioMax: 2.5 }
const oneGoal = { name: 'P3', p95MaxMs: 20 }

/** Values are drawn evenly over all payments, so that no side lives off one hot page. */
export async function scenariosOver(owner: Kysely<Database>): Promise<Scenario[]> {
  const drawn = await drawPayments(owner)
  return [
    { name: 'newest page', goal: pageGoal, desk: [list({})], bare: [barePath('list', [])] },
    {
      name: 'page at any depth',
      goal: pageGoal,
      desk: drawn.map(({ id, micros }) =>
        list({}, encodeCursor({ key: micros, id: paymentId.parse(id) }, everyPayment)),
      ),
      bare: drawn.map(({ createdAt, id }) => barePath('page', [createdAt, id])),
    },
    {
      name: 'status and token',
      goal: pageGoal,
      desk: filters.map(([status, token]) => list({ statuses: [status], tokens: [token] })),
      bare: filters.map((values) => barePath('filter', values)),
    },
    {
      name: 'judged underpaid',
      goal: pageGoal,
      desk: [list({ judgements: ['underpaid'] })],
      bare: [barePath('flagged', ['underpaid'])],
    },
    {
      name: 'a value of the metadata',
      goal: { name: 'P3', ratioMax: 2 },
      desk: customers.map((value) =>
        list({ terms: [{ name: 'meta', key: 'customer_id', value, isNot: false }] }),
      ),
      bare: customers.map((value) => barePath('substring', [`%customer_id=${value}%`])),
    },
    {
      name: 'part of an order id',
      goal: { name: 'P3', ratioMax: 2 },
      desk: drawn.map(({ order }) => list({ text: partOf(order) })),
      bare: drawn.map(({ order }) => barePath('substring', [`%${partOf(order).toLowerCase()}%`])),
    },
    {
      name: 'payment in full, by id',
      goal: oneGoal,
      desk: drawn.map(({ id }) => trpcPath('payments.detail', { id })),
      bare: drawn.map(({ id }) => barePath('id', [id])),
    },
    {
      name: 'find by id, order, address or hash',
      goal: oneGoal,
      desk: drawn.map((payment, turn) =>
        trpcPath('payments.find', { text: identifier(payment, turn) }),
      ),
      bare: drawn.map((payment, turn) => barePath('identifier', [identifier(payment, turn)])),
    },
    {
      name: 'count and sum of a status',
      goal: null,
      desk: filters.map(([status]) =>
        trpcPath('payments.summary', { query: { ...everyPayment, statuses: [status] } }),
      ),
      bare: filters.map(([status]) => barePath('summary', [status])),
    },
  ]
}

/** Common and rare, and three that hardly exist: an expired payment seldom names a token. */
const filters = ['completed', 'failed', 'expired'].flatMap((status) =>
  ['USDC', 'USDT', 'EURC'].map((token) => [status, token] as const),
)

const customers = Array.from({ length: 100 }, (_, index) => `cust_${1_001 + index * 7}`)

interface Drawn {
  readonly id: string
  readonly order: string
  readonly address: string
  readonly hash: string
  readonly createdAt: string
  readonly micros: number
}

/** Among those that have a history and money on chain. */
async function drawPayments(owner: Kysely<Database>): Promise<Drawn[]> {
  const { rows } = await sql<Drawn>`
    select id, order_id as order, deposit_address as address, tx_hash as hash,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt",
      (extract(epoch from created_at) * 1000000)::bigint as micros
    from payment where id in (select payment_id from receipt)
    order by md5(id) limit ${VARIANTS}
  `.execute(owner)
  return rows
}

/** Seven characters from the middle, as people type what they remember. */
function partOf(order: string): string {
  return order.slice(-8, -1)
}

function identifier({ id, order, address, hash }: Drawn, turn: number): string {
  return [id, order, address, hash][turn % 4] ?? id
}

function list(query: Partial<PaymentQuery>, cursor: string | null = null): string {
  return trpcPath('payments.list', { query: { ...everyPayment, ...query }, cursor })
}

function trpcPath(procedure: string, input: unknown): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
}

function barePath(name: string, values: readonly unknown[]): string {
  return `/rows?name=${name}&values=${encodeURIComponent(JSON.stringify(values))}`
}
