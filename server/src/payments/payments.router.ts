import { TRPCError } from '@trpc/server'
import * as z from 'zod'
import { findManyInput } from '@desk/shared/payments/find-many-input'
import { newPaymentInput } from '@desk/shared/payments/new-payment'
import { paymentFindInput } from '@desk/shared/payments/payment-find'
import { paymentId } from '@desk/shared/payments/payment'
import { paymentQuery } from '@desk/shared/payments/payment-query-schema'
import { allow, router } from '../kernel/trpc.ts'
import { foundLinesCsv } from './find-many-csv.ts'
import { findManyPayments } from './find-many-payments.ts'
import { findPayments } from './find-payments.ts'
import { readMetadataKeys } from './metadata-keys.queries.ts'
import { readMirrorPulse } from './mirror-pulse.ts'
import { readPaymentKin } from './payment-creation.queries.ts'
import { readPaymentDetail } from './payment-detail.queries.ts'
import { readPaymentFacets } from './payment-facets.queries.ts'
import { readPaymentDetailAsOf } from './payment-detail-past.ts'
import { readsAsOf } from './past-payments.ts'
import { paymentPageRequest } from './payment-page-request.ts'
import { readPaymentPage } from './payment-page.queries.ts'
import { readPaymentSummary } from './payment-summary.queries.ts'
import { refreshedPayment } from './refreshed-payment.ts'
import { searchPlace } from './search-place.ts'

const one = z.object({ id: paymentId })
/** The past instant that is asked about; now where there is none. */
const asOf = z.optional(z.iso.datetime())

export const paymentsRouter = router({
  /** One page in the query's order; `nextCursor` is null on the last. */
  list: allow('payments:read')
    .input(paymentPageRequest)
    .query(async ({ ctx, input, signal }) =>
      readPaymentPage(await readsAsOf(ctx.reads, input), { ...input, signal }, searchPlace(ctx)),
    ),

  /** Count and sum of everything the query matches, bounded. */
  summary: allow('payments:read')
    .input(z.object({ query: paymentQuery, asOf }))
    .query(async ({ ctx, input, signal }) =>
      readPaymentSummary(await readsAsOf(ctx.reads, input), { ...input, signal }, searchPlace(ctx)),
    ),

  facets: allow('payments:read').query(({ ctx }) => readPaymentFacets(ctx.reads)),

  /** What `meta.` in a search may go on with. */
  metadataKeys: allow('payments:read').query(({ ctx }) => readMetadataKeys(ctx.reads)),

  /** Answers from the mirror at once and has SpacePay asked again behind it; of the past nobody is asked. */
  detail: allow('payments:read')
    .input(z.object({ id: paymentId, asOf }))
    .query(({ ctx, input }) => {
      if (input.asOf !== undefined)
        return readPaymentDetailAsOf(ctx.reads, input.id, new Date(input.asOf).toISOString())
      ctx.payments.readThrough(input.id)
      return readPaymentDetail(ctx.reads, input.id)
    }),

  /** Asks SpacePay now and answers with what the mirror knows after that. */
  refresh: allow('payments:refresh')
    .input(one)
    .mutation(({ ctx, input }) =>
      refreshedPayment(ctx.db, ctx.payments, { id: input.id, by: ctx.by }),
    ),

  /** Has SpacePay make a payment; the same attempt again is the same payment. */
  create: allow('payments:create')
    .input(newPaymentInput)
    .mutation(({ ctx, input }) =>
      ctx.payments.create({ wish: input, askedBy: ctx.actor.userId }, ctx.by),
    ),

  /** What it was made from, and what was made from it. */
  kin: allow('payments:read')
    .input(one)
    .query(({ ctx, input }) => readPaymentKin(ctx.reads, input.id)),

  /** The link by which anybody can pay it. A change to nothing but the log: whoever reads it stands there. */
  payerLink: allow('payer_links:show')
    .input(one)
    .mutation(({ ctx, input }) => ctx.payments.payerLink(input.id, ctx.by)),

  /** Which payment is this? Takes whatever was pasted, best evidence first. */
  find: allow('payments:read')
    .input(paymentFindInput)
    .query(({ ctx, input }) => findPayments(ctx.reads, input.text)),

  /** Which payments are these? For many lines at once: hits, and misses with their reasons. */
  findMany: allow('payments:read')
    .input(findManyInput)
    .query(({ ctx, input }) => findManyPayments(ctx.reads, input.lines)),

  /** The same as text of a CSV file. */
  findManyCsv: allow('payments:read')
    .input(findManyInput)
    .query(async ({ ctx, input }) => foundLinesCsv(await findManyPayments(ctx.reads, input.lines))),

  /** What changes from now on, until the browser goes away. */
  changes: allow('payments:read').subscription(async function* changes({ ctx, signal }) {
    if (!signal) return
    for await (const event of ctx.live.subscribe(signal)) {
      if (event.kind !== 'person.changed') yield event
      else if (event.userId === ctx.actor.userId) {
        yield event
        // What they may see may have changed. An end in order would be the browser's last word; this way
        // it comes back and is judged anew.
        throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Open the stream again.' })
      }
    }
  }),

  /** How fresh all of this is. */
  pulse: allow('system:read').query(({ ctx }) => readMirrorPulse(ctx.reads)),
})
