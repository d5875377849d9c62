import * as z from 'zod/mini'
import type { AmountCents } from '../money/amount-cents.ts'
import type { PaymentFlag } from './derived-facts.ts'
import type { PaymentId } from './payment.ts'
import { paymentQuery } from './payment-query-schema.ts'

/** Cursors are opaque to the browser; the server checks each it gets back. */
export const paymentListInput = z.object({
  query: paymentQuery,
  cursor: z.optional(z.nullable(z.string().check(z.maxLength(400)))),
  /** Rows a page, 100 unless told. */
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(200))),
  /** Whether each row comes with what people did about it. */
  withWork: z.optional(z.boolean()),
  /** ISO 8601 UTC: the list as Desk knew it then, instead of now. */
  asOf: z.optional(z.iso.datetime()),
})
export type PaymentListInput = z.infer<typeof paymentListInput>

/** One row of the list. Instants are ISO 8601 UTC. */
export interface PaymentListItem {
  readonly id: PaymentId
  readonly orderId: string | null
  readonly type: string
  readonly status: string
  readonly amountCents: AmountCents | null
  readonly currency: string
  readonly netCents: AmountCents | null
  /** What the merchant pays, as `swapFeeCents`; both are known once it has settled. */
  readonly merchantFeeCents: AmountCents | null
  readonly swapFeeCents: AmountCents | null
  readonly tokenSymbol: string | null
  readonly tokenDecimals: number | null
  readonly receivedBaseUnits: string | null
  readonly network: string | null
  readonly depositAddress: string | null
  readonly txHash: string | null
  readonly senderAddress: string | null
  readonly flags: readonly PaymentFlag[]
  /** SpacePay's webhooks and its API disagree about it, and nobody settled that; only lists of now say so. */
  readonly isDrifted?: boolean
  readonly createdAt: string
  readonly updatedAt: string
  /** Where it was asked for. */
  readonly work?: PaymentWork
}

/** What people did about a payment. */
export interface PaymentWork {
  /** In alphabetical order. */
  readonly tags: readonly string[]
  /** With whom it is, in words; null where it was not handed over. */
  readonly assignee: string | null
}

export interface PaymentListPage {
  readonly items: readonly PaymentListItem[]
  readonly nextCursor: string | null
}

/** Bounded: past the bound `exact` is false and both figures are lower limits ("over 10,000"). */
export interface PaymentSummary {
  readonly count: number
  readonly sumCents: string
  readonly exact: boolean
  /** The search is for one id, hash or address, which looks at all time and past the date range. */
  readonly allTime: boolean
  /** When the newest row of the mirror changed, ISO 8601 UTC. */
  readonly asOf: string | null
}

/** The values the filter menus offer, from what the mirror has seen. */
export interface PaymentFacets {
  readonly statuses: readonly string[]
  readonly types: readonly string[]
  readonly tokens: readonly string[]
  readonly networks: readonly string[]
}
