import { Kysely, PostgresDialect } from 'kysely'
import type * as z from 'zod/mini'
import { everyPayment } from '@desk/shared/payments/payment-query'
import type { paymentQuery } from '@desk/shared/payments/payment-query-schema'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { appRouter } from '../app-router.ts'
import { type Db, openPool } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'

const createCaller = createCallerFactory(appRouter)

/** The payments procedures as somebody from support calls them. */
export function supportCalls(db: Db) {
  return createCaller(contextOf(db, actorWith(['support']))).payments
}

export type Calls = ReturnType<typeof supportCalls>

/** A query as it arrives, before it was read. */
type SentQuery = z.input<typeof paymentQuery>

export function queryOf(part: Partial<SentQuery>): SentQuery {
  return { ...everyPayment, ...part }
}

/** Every row of a list, page by page; `between` runs after each page. */
export async function walk(
  calls: Calls,
  query: SentQuery,
  options: { readonly limit: number; readonly between?: () => Promise<void> },
): Promise<PaymentListItem[]> {
  const items: PaymentListItem[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Calls['list']>> = await calls.list({
      query,
      cursor,
      limit: options.limit,
    })
    items.push(...page.items)
    cursor = page.nextCursor
    await options.between?.()
  } while (cursor !== null)
  return items
}

/** The ids a query finds, in its order. */
export async function idsFound(calls: Calls, part: Partial<SentQuery>): Promise<string[]> {
  const { items } = await calls.list({ query: queryOf(part) })
  return items.map(({ id }) => id)
}

/** Every statement the work sends over a connection of its own. */
export async function statementsOf(
  url: string,
  work: (calls: Calls) => Promise<unknown>,
): Promise<{ readonly text: string; readonly parameters: readonly unknown[] }[]> {
  const statements: { text: string; parameters: readonly unknown[] }[] = []
  const pool = openPool({ connectionString: url, connectionsMax: 2, name: 'watched' })
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      statements.push({ text: query.sql, parameters: query.parameters })
    },
  })
  await work(supportCalls(db))
  await db.destroy()
  return statements
}
