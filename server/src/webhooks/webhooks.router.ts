import * as z from 'zod'
import { chartSpan } from '@desk/shared/webhooks/arrival-chart'
import { deliveryId } from '@desk/shared/webhooks/delivery-id'
import type { KnownSecretName } from '@desk/shared/webhooks/delivery-list'
import { deliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { reprocessManyInput, reprocessOneInput } from '@desk/shared/webhooks/reprocessing'
import { allow, type KnownSecret, router } from '../kernel/trpc.ts'
import { readArrivalChart } from './arrival-chart.queries.ts'
import { readArrivalGap } from './arrival-gap.queries.ts'
import { readDeliveryDetail } from './delivery-detail.queries.ts'
import { deliveryPageRequest } from './delivery-page-request.ts'
import { readDeliveryPage } from './delivery-page.queries.ts'
import { exportEvidence } from './evidence.ts'
import { readRefusalGroups } from './refusal-groups.queries.ts'
import { countProcessable, reprocessMany, reprocessOne } from './reprocess.ts'
import { cancelReprocessing, readReprocessing } from './reprocessing.queries.ts'
import { readSigned, signatureSteps } from './verify-again.ts'

const oneDelivery = z.object({ id: deliveryId })

export const webhooksRouter = router({
  /** One page of everything that came, refused or not, newest first; `nextCursor` is null on the last. */
  list: allow('webhooks:read')
    .input(deliveryPageRequest)
    .query(({ ctx, input }) => readDeliveryPage(ctx.reads, input, ctx.greeting.businessDay)),

  /** The secrets that a delivery can be looked for by. */
  secretNames: allow('webhooks:read').query(async ({ ctx }) =>
    (await ctx.webhooks.secrets()).map(nameOf),
  ),

  /** Everything that is kept of one delivery; refuses with `delivery_unknown`. */
  detail: allow('webhooks:read')
    .input(oneDelivery)
    .query(async ({ ctx, input }) =>
      readDeliveryDetail(ctx.reads, input.id, {
        secrets: (await ctx.webhooks.secrets()).map(nameOf),
        maySeeLinks: ctx.actor.permissions.has('payer_links:show'),
      }),
    ),

  /** Computes the signature of a delivery anew; refuses with `delivery_unknown` and `body_gone`. */
  verifyAgain: allow('webhooks:read')
    .input(oneDelivery)
    .query(async ({ ctx, input }) =>
      signatureSteps(await readSigned(ctx.reads, input.id), {
        secrets: await ctx.webhooks.secrets(),
        toleranceSeconds: ctx.webhooks.toleranceSeconds,
        now: ctx.now(),
      }),
    ),

  /** One delivery as a file that proves itself. */
  evidence: allow('webhooks:export')
    .input(oneDelivery)
    .mutation(({ ctx, input }) =>
      exportEvidence(ctx.db, {
        id: input.id,
        by: ctx.by,
        publicUrl: ctx.publicUrl,
        environment: ctx.greeting.environment,
        webhooks: ctx.webhooks,
      }),
    ),

  /** Arrivals and lags of a span, beside what is usual then, and how long it has been silent. */
  chart: allow('webhooks:read')
    .input(z.object({ span: chartSpan }))
    .query(({ ctx, input }) =>
      readArrivalChart(ctx.reads, {
        span: input.span,
        now: ctx.now(),
        zone: ctx.greeting.businessDay.zone,
      }),
    ),

  /** How long it has been silent, against what is usual at this time of the week. */
  gap: allow('webhooks:read').query(({ ctx }) =>
    readArrivalGap(ctx.reads, { now: ctx.now(), zone: ctx.greeting.businessDay.zone }),
  ),

  /** Why deliveries were refused lately. */
  refusals: allow('webhooks:read').query(({ ctx }) => readRefusalGroups(ctx.reads)),

  /** Has one processed again; resolves to which, since a repeat stands for what it repeats. */
  reprocess: allow('webhooks:reprocess')
    .input(reprocessOneInput)
    .mutation(({ ctx, input }) => reprocessOne(ctx.db, input.id, ctx.by)),

  /** How many a filter means that can be processed again. */
  countProcessable: allow('webhooks:reprocess')
    .input(z.object({ query: deliveryQuery }))
    .query(({ ctx, input }) => countProcessable(ctx.reads, input.query, ctx.greeting.businessDay)),

  reprocessMany: allow('webhooks:reprocess')
    .input(reprocessManyInput)
    .mutation(({ ctx, input }) =>
      reprocessMany(
        ctx,
        { ...input, askedBy: ctx.actor.userId, rule: ctx.greeting.businessDay },
        ctx.by,
      ),
    ),

  /** The newest run over many, with how far it is. */
  reprocessing: allow('webhooks:read').query(({ ctx }) => readReprocessing(ctx.reads)),

  cancelReprocessing: allow('webhooks:reprocess')
    .input(z.object({ id: z.string().regex(/^[1-9]\d{0,15}$/) }))
    .mutation(({ ctx, input }) => cancelReprocessing(ctx.db, Number(input.id), ctx.by)),
})

function nameOf({ id, label }: KnownSecret): KnownSecretName {
  return { id, label }
}
