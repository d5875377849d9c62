import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'

const createCaller = createCallerFactory(appRouter)

/** The payments procedures as somebody from support calls them. */
export function supportCalls(db: Db) {
  return createCaller(contextOf(db, actorWith(['support']))).payments
}

type Calls = ReturnType<typeof supportCalls>

export function queryOf(part: Partial<PaymentQuery>): PaymentQuery {
  return { ...everyPayment, ...part }
}

/** Every row of a list, page by page; `between` runs after each page. */
export async function walk(
  calls: Calls,
  query: PaymentQuery,
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
export async function idsFound(calls: Calls, part: Partial<PaymentQuery>): Promise<string[]> {
  const { items } = await calls.list({ query: queryOf(part) })
  return items.map(({ id }) => id)
}
