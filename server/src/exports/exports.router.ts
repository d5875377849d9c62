import * as z from 'zod'
import {
  createExportInput,
  exportChangesInput,
  exportId,
  listExportsInput,
} from '@desk/shared/exports/export-input'
import { allow, router } from '../kernel/trpc.ts'
import { searchPlace } from '../payments/search-place.ts'
import { cancelExport } from './cancel-export.ts'
import { readExport, readExportChanges, readExports } from './exports.queries.ts'
import { requestAgain, requestExport } from './request-export.ts'

const one = z.object({ id: exportId })

/** Files of payments. They are downloaded from `/exports/:id`. */
export const exportsRouter = router({
  /** Everybody's, newest first. */
  list: allow('exports:read')
    .input(listExportsInput)
    .query(({ ctx, input }) => readExports(ctx.reads, input.cursor ?? null)),

  one: allow('exports:read')
    .input(one)
    .query(({ ctx, input }) => readExport(ctx.reads, input.id)),

  /** Payments that differ from the run before, one page of those that are named. */
  changes: allow('exports:read')
    .input(exportChangesInput)
    .query(({ ctx, input }) =>
      readExportChanges(ctx.reads, { id: input.id, after: input.cursor ?? null }),
    ),

  create: allow('exports:create')
    .input(createExportInput)
    .mutation(({ ctx, input }) =>
      requestExport({ db: ctx.db, by: ctx.by, place: searchPlace(ctx) }, input),
    ),

  runAgain: allow('exports:create')
    .input(one)
    .mutation(({ ctx, input }) =>
      requestAgain({ db: ctx.db, by: ctx.by, place: searchPlace(ctx) }, input.id),
    ),

  cancel: allow('exports:create')
    .input(one)
    .mutation(({ ctx, input }) => cancelExport(ctx.db, ctx.by, input.id)),
})
