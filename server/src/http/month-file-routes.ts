import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { monthFileId } from '@desk/shared/settlements/settlement-input'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { downloadMonthFile, readMonthManifest } from '../settlements/month-files.queries.ts'
import { answerPerson, type PersonDependencies } from './answer-person.ts'

interface MonthFileRoutesDependencies extends PersonDependencies {
  readonly db: Db
}

/**
 * `GET /exports/months/:id` is a file of a closed month, `GET /exports/months/:id/manifest` what it was made
 * of, for whoever may read settlements. Every download is an entry of the audit log, and so is a refused one.
 */
export function monthFileRoutes(http: FastifyInstance, desk: MonthFileRoutesDependencies): void {
  // A HEAD request would be written down as a download without being one.
  http.get('/exports/months/:id', { exposeHeadRoute: false }, (request, reply) =>
    answered(desk, { request, reply }, async (by, id) => {
      const { name, bytes } = await downloadMonthFile(desk.db, by, id)
      return reply
        .header('content-type', name.endsWith('.csv') ? contentTypes.csv : contentTypes.xlsx)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(bytes)
    }),
  )
  http.get('/exports/months/:id/manifest', { exposeHeadRoute: false }, (request, reply) =>
    answered(desk, { request, reply }, async (_, id) => {
      const manifest = await readMonthManifest(desk.db, id)
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="desk-month-file-${id}-manifest.json"`)
        .send(`${JSON.stringify(manifest, null, 2)}\n`)
    }),
  )
}

const contentTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

const asked = z.object({ id: monthFileId })

async function answered(
  desk: MonthFileRoutesDependencies,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  answer: (by: Attribution, id: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store')
  const read = asked.safeParse(request.params)
  const input = read.success ? read.data : null
  const named = { permission: 'settlements:read', path: 'settlementMonths.download' } as const
  return answerPerson(desk, { request, reply, ...named, input }, async (by) => {
    if (read.success) return answer(by, read.data.id)
    throw new Refusal('not_found', 'file_unknown', 'There is no such file.')
  })
}
