import { type RawBuilder, sql } from 'kysely'
import { DatabaseError } from 'pg'
import { looksLikeIdentifier } from '@desk/shared/payments/search-text'
import type { Db, Trx } from '../database.ts'
import { literally } from './payment-conditions.ts'
import { type HitRow, hitColumns } from './payment-find.queries.ts'

const QUERY_CANCELED = '57014'

/** A payment that answers one of several texts, which Postgres has to be able to hold; `position` is what the caller calls that text. */
export interface NearRow extends HitRow {
  readonly position: number
}

export interface SoughtText {
  readonly position: number
  readonly text: string
}

/**
 * Payments of which one value in the metadata, or an address of an older quote, is the whole text. Null when
 * Postgres needed longer than `ms` for all of them.
 */
export async function findValues(
  reads: Db,
  sought: readonly SoughtText[],
  { limit, ms }: { readonly limit: number; readonly ms: number },
): Promise<NearRow[] | null> {
  return eachWithin(reads, ms, {
    limit,
    branches: sought.map(({ position, text }) => {
      const value = literally(text.toLowerCase())
      // Nothing holds a whole hash but what means it. Of other texts trigrams know where words end, so the
      // signs around a value spare nearly all rows that it is only a part of.
      const patterns = looksLikeIdentifier(text) ? [`%${value}%`] : [`%=${value}\n%`, `%=${value}`]
      return { position, where: anyOf(patterns) }
    }),
  })
}

/** Payments of which the id, hash or an address begins so. Null as in `findValues`. */
export async function findBeginnings(
  reads: Db,
  sought: readonly SoughtText[],
  { limit, ms }: { readonly limit: number; readonly ms: number },
): Promise<NearRow[] | null> {
  if (sought.length === 0) return []
  const positions = sought.map(({ position }) => position)
  const beginnings = sought.map(({ text }) => text.toLowerCase())
  const columns = sql.join(hitColumns.map((column) => sql.id(column)))
  // No figure of an id, hash or address sorts after a `g`, whatever the collation.
  const branches = ['id', 'tx_hash', 'deposit_address', 'sender_address'].map(
    (column) => sql`(
      select ${columns} from payment
      where ${sql.id(column)} >= asked.beginning and ${sql.id(column)} < asked.beginning || 'g'
      order by ${sql.id(column)} limit ${limit})`,
  )
  return within(reads, ms, async (trx) => {
    const { rows } = await sql<NearRow>`
      select asked.position, hit.*
      from unnest(${positions}::int[], ${beginnings}::text[]) as asked(position, beginning)
      cross join lateral (${sql.join(branches, sql` union all `)}) as hit
    `.execute(trx)
    return rows
  })
}

/** A text of which any of the patterns may be found; in a pattern the parts follow each other. */
export interface SoughtParts {
  readonly position: number
  readonly patterns: readonly (readonly string[])[]
}

/** Payments that hold one of the patterns anywhere. Null as in `findValues`. */
export async function findParts(
  reads: Db,
  sought: readonly SoughtParts[],
  { limit, ms }: { readonly limit: number; readonly ms: number },
): Promise<NearRow[] | null> {
  return eachWithin(reads, ms, {
    limit,
    branches: sought.map(({ position, patterns }) => ({
      position,
      where: anyOf(
        patterns.map(
          (parts) => `%${parts.map((part) => literally(part.toLowerCase())).join('%')}%`,
        ),
      ),
    })),
  })
}

/** Payments whose order id in lower case is one of the forms. Null as in `findValues`. */
export async function findOrderForms(
  reads: Db,
  forms: readonly string[],
  { limit, ms }: { readonly limit: number; readonly ms: number },
): Promise<HitRow[] | null> {
  if (forms.length === 0) return []
  return within(reads, ms, async (trx) => {
    const { rows } = await sql<HitRow>`
      select hit.* from unnest(${forms}::text[]) as asked(form)
      cross join lateral (
        select ${sql.join(hitColumns.map((column) => sql.id(column)))} from payment
        where lower(order_id) = asked.form order by lower(order_id) limit ${limit}
      ) as hit
    `.execute(trx)
    return rows
  })
}

interface Branches {
  readonly limit: number
  readonly branches: readonly { readonly position: number; readonly where: RawBuilder<unknown> }[]
}

/** One statement: each branch is planned for its own words, as a search for them alone would be. */
async function eachWithin(
  reads: Db,
  ms: number,
  { limit, branches }: Branches,
): Promise<NearRow[] | null> {
  if (branches.length === 0) return []
  const columns = sql.join(hitColumns.map((column) => sql.id(column)))
  const selects = branches.map(
    ({ position, where }) =>
      sql`(select ${sql.lit(position)} as position, ${columns} from payment where ${where} limit ${sql.lit(limit)})`,
  )
  return within(reads, ms, async (trx) => {
    const { rows } = await sql<NearRow>`${sql.join(selects, sql` union all `)}`.execute(trx)
    return rows
  })
}

function anyOf(patterns: readonly string[]): RawBuilder<unknown> {
  const any = patterns.map((pattern) => sql`search_text like ${pattern}`)
  return sql`(${sql.join(any, sql` or `)})`
}

async function within<T>(reads: Db, ms: number, read: (trx: Trx) => Promise<T>): Promise<T | null> {
  try {
    return await reads.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(ms)}`.execute(trx)
      // Many small searches in one statement look dear enough to be compiled, which takes longer than they do.
      await sql`set local jit = off`.execute(trx)
      // A frequent word with a limit looks cheap to find by reading the table, until it is not in it.
      await sql`set local enable_seqscan = off`.execute(trx)
      return read(trx)
    })
  } catch (error) {
    if (error instanceof DatabaseError && error.code === QUERY_CANCELED) return null
    throw error
  }
}
