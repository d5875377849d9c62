import { keepPreviousData } from '@tanstack/react-query'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { Api } from '../app/api.ts'

/** What nobody looks at any more, as when somebody types on, is given up here and in Desk. */
const cancelled = { trpc: { abortOnUnmount: true } } as const

/** The pages of a query. What is on screen is kept up to date row by row, so focus alone refetches nothing. */
export function listOptions(api: Api, { query, withWork, asOf }: ListQuestion) {
  return api.payments.list.infiniteQueryOptions(
    { query, ...(withWork && { withWork }), ...(asOf !== null && { asOf }) },
    {
      initialCursor: null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // Changes are followed only while the list is on screen, so an older answer is asked for again.
      staleTime: 5_000,
      ...cancelled,
    },
  )
}

export interface ListQuestion {
  readonly query: PaymentQuery
  /** Whether the rows tell what people did about them. */
  readonly withWork: boolean
  /** The past instant, ISO 8601 UTC; null for now. */
  readonly asOf: string | null
}

/** Count and sum do not depend on the order, so a new order asks nothing. */
export function summaryOptions(api: Api, query: PaymentQuery, asOf: string | null = null) {
  return {
    ...api.payments.summary.queryOptions(
      { query: { ...query, sort: everyPayment.sort }, ...(asOf !== null && { asOf }) },
      cancelled,
    ),
    placeholderData: keepPreviousData,
  }
}

export function facetsOptions(api: Api) {
  return api.payments.facets.queryOptions()
}
