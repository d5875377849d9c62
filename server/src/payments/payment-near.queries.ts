import { type RawBuilder, sql } from 'kysely'
import { DatabaseError } from 'pg'
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
      const lower = text.toLowerCase()
      const lines = sql`(chr(10) || search_text || chr(10))`
      const isWhole = sql`(strpos(${lines}, ${`\n${lower}\n`}) > 0 or strpos(${lines}, ${`=${lower}\n`}) > 0)`
      return { position, where: sql`${holds(lower)} and ${isWhole}` }
    }),
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
      where: sql`(${sql.join(
        patterns.map((parts) => holds(...parts.map((part) => part.toLowerCase()))),
        sql` or `,
      )})`,
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

function holds(...parts: readonly string[]): RawBuilder<unknown> {
  return sql`search_text like ${`%${parts.map(literally).join('%')}%`}`
}

async function within<T>(reads: Db, ms: number, read: (trx: Trx) => Promise<T>): Promise<T | null> {
  try {
    return await reads.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(ms)}`.execute(trx)
      return read(trx)
    })
  } catch (error) {
    if (error instanceof DatabaseError && error.code === QUERY_CANCELED) return null
    throw error
  }
}
