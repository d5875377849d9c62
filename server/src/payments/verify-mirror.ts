import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { accountsOf } from './observations.ts'
import { paymentRow, quoteRow, receiptRow } from './payment-mirror.queries.ts'
import { type MirroredPayment, projectPayment } from './project-payment.ts'

const paymentsAtOnce = 500
const namedMax = 5

export interface MirrorVerdict {
  readonly ok: boolean
  readonly text: string
}

/**
 * Derives every payment anew from its observations and compares it with its row in the mirror, a few hundred
 * at a time, so that memory does not grow with their number. Each batch is one moment: Desk may go on learning.
 */
export async function verifyMirror(db: Db): Promise<MirrorVerdict> {
  const differing: string[] = []
  let [count, differingCount, after] = [0, 0, '']
  for (;;) {
    const batch = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => compareBatch(trx, after))
    const last = batch.ids.at(-1)
    if (last === undefined) break
    after = last
    count += batch.ids.length
    differingCount += batch.differing.length
    differing.push(...batch.differing.slice(0, namedMax - differing.length))
  }
  const orphans = await findUnproved(db)
  const named = [...differing, ...orphans.map((id) => `${id} (nothing was ever learned of it)`)]
  if (named.length === 0) {
    return { ok: true, text: `${count} payments are what their observations say.` }
  }
  const others = differingCount > namedMax ? `, and ${differingCount - namedMax} more` : ''
  return { ok: false, text: `not what its observations say: ${named.join('; ')}${others}` }
}

async function compareBatch(
  trx: Trx,
  after: string,
): Promise<{ readonly ids: readonly string[]; readonly differing: readonly string[] }> {
  const rows = await trx
    .selectFrom('observation')
    .select('payment_id')
    .distinct()
    .where('payment_id', '>', after)
    .orderBy('payment_id')
    .limit(paymentsAtOnce)
    .execute()
  const ids = rows.map((row) => row.payment_id)
  const accounts = await accountsOf(trx, ids)
  const projected = ids.flatMap((id) => projectPayment(accounts.get(id) ?? []) ?? [])
  const faults = [
    ...(await differencesIn(trx, 'payment', projected.map(paymentRow))),
    ...(await differencesIn(trx, 'quote', quotesOf(projected))),
    ...(await differencesIn(trx, 'receipt', receiptsOf(projected))),
    ...(await unexpectedIn(trx, projected)),
  ]
  const byPayment = Map.groupBy(faults, ({ id }) => id)
  return {
    ids,
    differing: [...byPayment].map(([id, of]) => `${id} (${of.map(({ what }) => what).join(', ')})`),
  }
}

interface Fault {
  readonly id: string
  readonly what: string
}

const keys = {
  payment: sql`told.id = kept.id`,
  quote: sql`told.payment_id = kept.payment_id and told.id = kept.id`,
  receipt: sql`told.payment_id = kept.payment_id`,
} as const

/** Compared by the database, which rounds and writes both the same way. */
async function differencesIn(
  trx: Trx,
  table: keyof typeof keys,
  rows: readonly object[],
): Promise<readonly Fault[]> {
  const owner = sql.ref(table === 'payment' ? 'told.id' : 'told.payment_id')
  const { rows: found } = await sql<Fault>`
    select ${owner} as id, ${table} || ': ' || coalesce(string_agg(field.key, ' ' order by field.key), 'missing') as what
    from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json) as told
    left join ${sql.table(table)} as kept on ${keys[table]}
    left join lateral (
      select said.key
      from jsonb_each(to_jsonb(told)) as said
      join jsonb_each(to_jsonb(kept)) as stands on stands.key = said.key
      where said.value is distinct from stands.value and said.key <> 'api_read_at'
    ) as field on true
    where to_jsonb(kept) is null or field.key is not null
    group by 1`.execute(trx)
  return found
}

function quotesOf(projected: readonly MirroredPayment[]) {
  return projected.flatMap(({ id, quotes }) => quotes.map((quote) => quoteRow(id, quote)))
}

function receiptsOf(projected: readonly MirroredPayment[]) {
  return projected.flatMap(({ id, receipt }) => (receipt ? [receiptRow(id, receipt)] : []))
}

/** Receipts of payments that have none, by what was learned. */
async function unexpectedIn(
  trx: Trx,
  projected: readonly MirroredPayment[],
): Promise<readonly Fault[]> {
  const without = projected.filter(({ receipt }) => receipt === null).map(({ id }) => id)
  const rows = await trx
    .selectFrom('receipt')
    .select('payment_id')
    .where(sql<boolean>`payment_id = any(${without}::text[])`)
    .execute()
  return rows.map((row) => ({ id: row.payment_id, what: 'receipt: nobody told of it' }))
}

async function findUnproved(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('payment')
    .select('id')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('observation')
            .select('observation.id')
            .whereRef('observation.payment_id', '=', 'payment.id'),
        ),
      ),
    )
    .limit(namedMax)
    .execute()
  return rows.map(({ id }) => id)
}
