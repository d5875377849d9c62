import { type RawBuilder, sql } from 'kysely'
import { sizeStepCents } from '@desk/shared/insights/size-steps'
import type { Db, Trx } from '../database.ts'
import { confirmThresholds, within } from './apply-shares.queries.ts'
import { readRule } from './business-day-rules.queries.ts'

export interface RollupsVerdict {
  readonly ok: boolean
  readonly text: string
}

/**
 * Adds all payments up anew, each by the bounds of the days themselves instead of its share, and compares
 * every bucket of every table of sums. One moment: Desk may go on counting. Payments that changed in the last
 * seconds and wait to be counted are told apart from faults.
 */
export async function verifyRollups(db: Db): Promise<RollupsVerdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const rule = await readRule(trx, 'active')
      if (!rule) return { ok: false, text: 'no rollups yet: they are being built.' }
      let buckets = 0
      for (const sums of tables) {
        const differing = await findDifferences(trx, { sums, rule })
        const [first] = differing
        if (first) return { ok: false, text: differencesInWords(differing, first) }
        buckets += await countBuckets(trx, { sums, ruleId: rule.id })
      }
      return { ok: true, text: `${buckets} sums are what the payments add up to.` }
    })
}

/** A table of sums: by what it adds up, and what of a payment each column counts. */
interface Sums {
  readonly table: string
  readonly keys: Readonly<Record<string, string>>
  readonly counts: Readonly<Record<string, string>>
  /** What turns a payment into the buckets it counts in. */
  readonly buckets?: string
  readonly only?: string
}

const tables: readonly Sums[] = [
  {
    table: 'payment_rollup',
    keys: {
      basis: 'bucket.basis',
      day: 'bucket.day',
      token: 'token',
      network: 'network',
      status: 'status',
      type: 'type',
    },
    counts: {
      payments: '1',
      gross_cents: 'gross_cents',
      merchant_fee_cents: 'merchant_fee_cents',
      swap_fee_cents: 'swap_fee_cents',
      convenience_fee_cents: 'convenience_fee_cents',
      net_cents: 'net_cents',
      received_cents: 'received_cents',
      slippage_cents: 'slippage_cents',
      underpaid: 'is_underpaid::integer',
      overpaid: 'is_overpaid::integer',
      late: 'is_late::integer',
      quoted: 'is_quoted::integer',
      seen: 'is_seen::integer',
    },
    buckets: `cross join lateral (values ('created', created_day), ('settled', settled_day)) as bucket (basis, day)`,
    only: 'bucket.day is not null',
  },
  {
    table: 'payment_rollup_hour',
    keys: { day: 'created_day', hour: 'created_hour', status: 'status', type: 'type' },
    counts: { payments: '1', gross_cents: 'gross_cents', slippage_cents: 'slippage_cents' },
  },
  {
    table: 'payment_rollup_step',
    keys: {
      day: 'created_day',
      measure: 'bucket.measure',
      status: 'status',
      type: 'type',
      step: 'bucket.step',
    },
    counts: { payments: '1' },
    buckets: `cross join lateral (values ('size', size_step), ('confirm', confirm_step)) as bucket (measure, step)`,
    only: 'bucket.step is not null',
  },
  {
    table: 'payment_rollup_confirm',
    keys: { day: 'settled_day', token: 'token', network: 'network', step: 'confirm_step' },
    counts: { payments: '1' },
    only: 'confirm_step is not null and settled_day is not null',
  },
]

const namedMax = 5

interface Difference {
  readonly bucket: string
  readonly missing: string
  readonly differing: number
}

async function findDifferences(
  trx: Trx,
  { sums, rule }: { readonly sums: Sums; readonly rule: { id: number; zone: string } },
): Promise<readonly Difference[]> {
  const { table, keys, counts, buckets = '', only = 'true' } = sums
  const keyNames = Object.keys(keys)
  const countNames = Object.keys(counts)
  const keyList = sql.raw(keyNames.join(', '))
  const ofPayment = [
    ...Object.entries(keys).map(([name, of]) => `${of} as ${name}`),
    ...Object.entries(counts).map(([name, of]) => `(${of})::bigint as ${name}`),
  ]
  const ofSums = [...keyNames, ...countNames.map((name) => `-${name}`)]
  const missing = countNames.map(
    (name) => `case when sum(${name}) <> 0 then sum(${name}) || ' ${wordsOf(name)}' end`,
  )
  const { rows } = await sql<Difference>`
    with waiting as (
      select distinct payment_id from payment_share_due
    ), share as (
      ${sharesCountedAnew(rule)}
    ), counted as (
      select ${sql.raw(ofPayment.join(', '))} from share ${sql.raw(buckets)} where ${sql.raw(only)}
      union all
      select ${sql.raw(ofSums.join(', '))} from ${sql.table(table)} where rule_id = ${rule.id}
    )
    select concat_ws(' ', ${sql.raw(keyNames.map((name) => `nullif(${name}::text, '')`).join(', '))}) as bucket,
      concat_ws(' and ', ${sql.raw(missing.join(', '))}) as missing,
      count(*) over () as differing
    from counted
    group by ${keyList}
    having ${sql.raw(countNames.map((name) => `sum(${name}) <> 0`).join(' or '))}
    order by ${keyList}
    limit ${namedMax}
  `.execute(trx)
  return rows.map((row) => ({ ...row, bucket: `${table} ${row.bucket}` }))
}

/** Everything that sums are made of, per payment; those that wait as they are counted now. */
function sharesCountedAnew({ id, zone }: { readonly id: number; readonly zone: string }) {
  return sql`
    select ${shareColumns}, created.day as created_day, settled.day as settled_day,
      extract(hour from created_at at time zone ${zone})::smallint as created_hour,
      case when confirm_seconds is not null
        then width_bucket(confirm_seconds, ${confirmThresholds}::integer[])::smallint end as confirm_step,
      width_bucket(amount_cents, ${sizeStepCents}::bigint[])::smallint as size_step
    from payment_measure as measure
    left join business_day as created on created.rule_id = ${id} and ${isOn('created')}
    left join business_day as settled on settled.rule_id = ${id} and settled_at is not null and ${isOn('settled')}
    where not exists (select from waiting where waiting.payment_id = measure.payment_id)
    union all
    select ${shareColumns}, created_day, settled_day, created_hour, confirm_step, size_step
    from payment_share
    where rule_id = ${id}
      and exists (select from waiting where waiting.payment_id = payment_share.payment_id)`
}

const shareColumns = sql.raw(
  [
    'type',
    'status',
    'token',
    'network',
    'gross_cents',
    'merchant_fee_cents',
    'swap_fee_cents',
    'convenience_fee_cents',
    'net_cents',
    'received_cents',
    'slippage_cents',
    'is_underpaid',
    'is_overpaid',
    'is_late',
    'is_quoted',
    'is_seen',
  ].join(', '),
)

function isOn(day: 'created' | 'settled'): RawBuilder<unknown> {
  const instant = within(sql.ref(`measure.${day}_at`))
  return sql`${sql.ref(`${day}.starts_at`)} <= ${instant} and ${instant} < ${sql.ref(`${day}.ends_at`)}`
}

async function countBuckets(
  trx: Trx,
  { sums, ruleId }: { readonly sums: Sums; readonly ruleId: number },
): Promise<number> {
  const { rows } = await sql<{ buckets: number }>`
    select count(*) as buckets from ${sql.table(sums.table)} where rule_id = ${ruleId}`.execute(trx)
  return rows[0]?.buckets ?? 0
}

/** Of a column: `gross_cents` is said in cents. */
function wordsOf(column: string): string {
  return column.replaceAll('_', ' ')
}

function differencesInWords(differing: readonly Difference[], first: Difference): string {
  const named = differing.map(({ bucket, missing }) => `${bucket} (${missing} too few)`)
  const others = first.differing > namedMax ? `, and ${first.differing - namedMax} more` : ''
  return `not what the payments add up to: ${named.join('; ')}${others}`
}
