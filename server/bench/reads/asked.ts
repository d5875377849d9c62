import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'

/** A statement of the bare route with its values. */
export type Ask = readonly [statement: string, values: readonly unknown[]]

/** One call of a procedure. */
interface Call {
  readonly procedure: string
  readonly input?: unknown
}

/** What a browser that asks for this has to send: what is asked for at one time goes in one request. */
export function deskPath(...calls: readonly Call[]): string {
  const procedures = calls.map(({ procedure }) => procedure).join(',')
  const inputs = Object.fromEntries(calls.map(({ input }, index) => [index, input]))
  return `/trpc/${procedures}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`
}

/** The browser takes the answers of a batch one by one, as they get ready. */
export const deskHeaders = { 'trpc-accept': 'application/jsonl' } as const

export function barePath(...asks: readonly Ask[]): string {
  return `/rows?asks=${encodeURIComponent(JSON.stringify(asks))}`
}

/** A page of the list. */
export function listCall(query: Partial<PaymentQuery>, cursor: string | null = null): Call {
  return { procedure: 'payments.list', input: { query: { ...everyPayment, ...query }, cursor } }
}

/** Its count and sum. */
export function summaryCall(query: Partial<PaymentQuery>): Call {
  return { procedure: 'payments.summary', input: { query: { ...everyPayment, ...query } } }
}
