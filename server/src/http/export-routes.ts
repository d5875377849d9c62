import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { exportId } from '@desk/shared/exports/export-input'
import type { Db } from '../database.ts'
import { downloadExport } from '../exports/download-export.ts'
import { readManifest } from '../exports/export-manifest.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { answerPerson, type PersonDependencies } from './answer-person.ts'

export interface ExportRoutesDependencies extends PersonDependencies {
  readonly db: Db
}

const contentTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * `GET /exports/:id` is the file of an export, `GET /exports/:id/manifest` what was in it, for whoever may
 * read exports. Every download is an entry of the audit log, and so is a refused one.
 */
export function exportRoutes(http: FastifyInstance, desk: ExportRoutesDependencies): void {
  // A HEAD request would be written down as a download without being one.
  http.get('/exports/:id', { exposeHeadRoute: false }, (request, reply) =>
    answered(desk, { request, reply }, async (by, id) => {
      const { file, format, chunks } = await downloadExport(desk.db, by, id)
      return reply
        .header('content-type', contentTypes[format])
        .header('content-length', file.bytes)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .send(Readable.from(chunks, { objectMode: false }))
    }),
  )
  http.get('/exports/:id/manifest', { exposeHeadRoute: false }, (request, reply) =>
    answered(desk, { request, reply }, async (_, id) => {
      const manifest = await readManifest(desk.db, id)
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="desk-export-${id}-manifest.json"`)
        .send(`${JSON.stringify(manifest, null, 2)}\n`)
    }),
  )
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

const asked = z.object({ id: exportId })

function answered(
  desk: ExportRoutesDependencies,
  exchange: Exchange,
  answer: (by: Attribution, id: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const input = exchange.request.params
  const about = { permission: 'exports:read', path: 'exports.download', input } as const
  return answerPerson(desk, { ...exchange, ...about }, (by) => {
    const read = asked.safeParse(input)
    if (!read.success) throw new Refusal('not_found', 'export_unknown', 'There is no such export.')
    return answer(by, read.data.id)
  })
}
