import { type Expression, sql } from 'kysely'
import type { PaymentQuery, PaymentSort } from '@desk/shared/payments/payment-query'
import type { PaymentWork } from '@desk/shared/payments/payment-list'
import type { Db, Trx } from '../database.ts'
import type { SearchPlace } from '../payments/payment-conditions.ts'
import { matches, type Matching, understand } from '../payments/payment-matching.ts'
import { listColumns } from '../payments/payment-row.ts'
import { readPaymentWork } from '../payments/payment-work.queries.ts'
import type { ExportedPayment } from './file-values.ts'

const batchRows = 1_000

export interface AskedPayments {
  readonly query: PaymentQuery
  readonly place: SearchPlace
  /** Aborts when nobody wants them any more; what Postgres is at then is cancelled. */
  readonly signal: AbortSignal
}

/** All payments a query finds as they are at one moment, whatever happens meanwhile. */
export interface PaymentSnapshot {
  readonly at: Date
  readonly count: number
  /** Some at a time, in the query's order, with what people did about them where that is wanted. */
  readonly inOrder: (withWork: boolean) => AsyncGenerator<readonly WorkedPayment[]>
  /** Some at a time, in the byte order of their ids. */
  readonly byId: () => AsyncGenerator<readonly ExportedPayment[]>
  /** These, whether the query finds them or not. */
  readonly find: (ids: readonly string[]) => Promise<readonly ExportedPayment[]>
}

export interface WorkedPayment {
  readonly payment: ExportedPayment
  readonly work: PaymentWork
}

/**
 * One transaction that reads and sees one moment: rows come through a cursor, so memory does not grow with
 * their number, and what is written meanwhile by others is not in it.
 */
export async function withPaymentSnapshot<T>(
  db: Db,
  asked: AskedPayments,
  work: (snapshot: PaymentSnapshot) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) =>
      cancelledBy(db, trx, {
        signal: asked.signal,
        work: async () => work(await openSnapshot(trx, asked)),
      }),
    )
}

/** Sorting a million payments takes seconds in which nothing else can be said on its connection. */
async function cancelledBy<T>(
  db: Db,
  trx: Trx,
  { signal, work }: { readonly signal: AbortSignal; readonly work: () => Promise<T> },
): Promise<T> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
  let cancelling: Promise<unknown> = Promise.resolve()
  const cancel = () => {
    const cancelled = sql`select pg_cancel_backend(${rows[0]?.pid})`.execute(db)
    // What cannot be cancelled ends by itself; it is only later.
    cancelling = cancelled.catch(() => undefined)
  }
  signal.addEventListener('abort', cancel)
  try {
    signal.throwIfAborted()
    return await work()
  } finally {
    signal.removeEventListener('abort', cancel)
    // Afterwards the connection is somebody else's.
    await cancelling
  }
}

async function openSnapshot(
  trx: Trx,
  { query, place, signal }: AskedPayments,
): Promise<PaymentSnapshot> {
  // Everything will be read, so what comes first matters less than what takes long.
  await sql`set local cursor_tuple_fraction = 1`.execute(trx)
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(trx)
  const matching = await understand(trx, query, place)
  // Every one of them will be read: how many shows how far it is.
  const { to_write: count } = await trx
    .selectFrom('payment')
    .select((eb) => eb.fn.countAll<number>().as('to_write'))
    .where((eb) => matches(eb, matching))
    .executeTakeFirstOrThrow()
  const reading = { trx, matching, signal }
  return {
    at: rows[0]?.at ?? new Date(),
    count,
    inOrder: (withWork) => worked(trx, withWork, batches(reading, orders[query.sort])),
    byId: () => batches(reading, sql`id collate "C"`),
    find: (ids) => findPayments(trx, ids),
  }
}

/** As the list has them: amounts that are not known stand last in both amount orders. */
const orders = {
  created_desc: sql`created_at desc, id desc`,
  created_asc: sql`created_at asc, id asc`,
  amount_desc: sql`amount_cents desc nulls last, id desc`,
  amount_asc: sql`amount_cents asc nulls last, id asc`,
} as const satisfies Record<PaymentSort, Expression<unknown>>

const exportedColumns = [
  ...listColumns,
  'amount_due_cents',
  'convenience_fee_cents',
  'custom_metadata',
] as const

interface Reading {
  readonly trx: Trx
  readonly matching: Matching
  readonly signal: AbortSignal
}

async function* batches(
  { trx, matching, signal }: Reading,
  order: Expression<unknown>,
): AsyncGenerator<readonly ExportedPayment[]> {
  const payments = trx
    .selectFrom('payment')
    .select(exportedColumns)
    .where((eb) => matches(eb, matching))
    .orderBy(order)
  await sql`declare exported no scroll cursor for ${payments}`.execute(trx)
  for (;;) {
    signal.throwIfAborted()
    const { rows } = await sql<ExportedPayment>`fetch ${sql.lit(batchRows)} from exported`.execute(
      trx,
    )
    if (rows.length > 0) yield rows
    if (rows.length < batchRows) break
  }
  await sql`close exported`.execute(trx)
}

async function* worked(
  trx: Trx,
  withWork: boolean,
  payments: AsyncIterable<readonly ExportedPayment[]>,
): AsyncGenerator<readonly WorkedPayment[]> {
  for await (const batch of payments) {
    const workOf = await readPaymentWork(trx, withWork ? batch.map(({ id }) => id) : [])
    yield batch.map((payment) => ({ payment, work: workOf(payment.id) }))
  }
}

async function findPayments(trx: Trx, ids: readonly string[]): Promise<readonly ExportedPayment[]> {
  if (ids.length === 0) return []
  return trx.selectFrom('payment').select(exportedColumns).where('id', 'in', ids).execute()
}
