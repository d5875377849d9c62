import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { exportId } from '@desk/shared/exports/export-input'
import { permissionBlock } from '@desk/shared/identity/permissions'
import { sessionEndText } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import { downloadExport } from '../exports/download-export.ts'
import { readManifest } from '../exports/export-manifest.ts'
import type { Auth } from '../identity/auth.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { webHeaders } from './auth-routes.ts'

export interface ExportRoutesDependencies {
  readonly db: Db
  readonly auth: Pick<Auth, 'presenceOf'>
  readonly audit: Context['audit']
  readonly now: () => Date
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

async function answered(
  desk: ExportRoutesDependencies,
  { request, reply }: Exchange,
  answer: (by: Attribution, id: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const refuse = (status: number, message: string) =>
    reply.status(status).send({ message, requestId: request.id })
  reply.header('cache-control', 'no-store')
  const from = { address: request.ip, requestId: request.id }
  const { actor, sessionEnd } = await desk.auth.presenceOf({
    headers: webHeaders(request),
    ...from,
  })
  if (!actor) return refuse(401, sessionEnd ? sessionEndText[sessionEnd] : 'Sign in first.')
  const by = { actor, ...from, at: desk.now() }
  const read = asked.safeParse(request.params)
  const block = permissionBlock(actor, 'exports:read')
  if (block) {
    const input = read.success ? read.data : null
    const call = { by, path: 'exports.download', outcome: 'refused', reason: block } as const
    await desk.audit.unsuccessful({ ...call, input })
    return refuse(403, block)
  }
  if (!read.success) return refuse(404, 'There is no such export.')
  try {
    return await answer(by, read.data.id)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refuse(error.kind === 'not_found' ? 404 : 409, error.message)
  }
}
