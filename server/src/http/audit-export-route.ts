import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { auditQuery } from '@desk/shared/audit/audit-query'
import { permissionBlock } from '@desk/shared/identity/permissions'
import { sessionEndText } from '@desk/shared/identity/session'
import { type BusinessDayRule, businessDayOf } from '@desk/shared/time/business-day'
import { exportAudit } from '../audit/export-audit.ts'
import type { Db } from '../database.ts'
import type { Auth } from '../identity/auth.ts'
import type { Context } from '../kernel/trpc.ts'
import { webHeaders } from './auth-routes.ts'

export interface AuditExportDependencies {
  readonly db: Db
  readonly auth: Pick<Auth, 'presenceOf'>
  readonly audit: Context['audit']
  readonly now: () => Date
  /** The rule in force. */
  readonly businessDay: () => Promise<BusinessDayRule>
}

/** A filter that is misspelt would export more than was asked for. */
const filters = z.strictObject(auditQuery.shape)

/**
 * `GET /exports/audit`, with the filters of the audit screen as its query: the log as a JSON file, for
 * whoever may read it. Every export is an entry of the log itself, and so is a refused one.
 */
export function auditExportRoute(http: FastifyInstance, desk: AuditExportDependencies): void {
  // A HEAD request would be written down as an export without being one.
  http.get('/exports/audit', { exposeHeadRoute: false }, async (request, reply) => {
    const refuse = (status: number, message: string) =>
      reply.status(status).send({ message, requestId: request.id })
    reply.header('cache-control', 'no-store')
    if (!isFromDesk(request)) return refuse(403, 'This request did not come from Desk.')

    const from = { address: request.ip, requestId: request.id }
    const presence = await desk.auth.presenceOf({ headers: webHeaders(request), ...from })
    const { actor, sessionEnd } = presence
    if (!actor) return refuse(401, sessionEnd ? sessionEndText[sessionEnd] : 'Sign in first.')
    const by = { actor, ...from, at: desk.now() }
    const block = permissionBlock(actor, 'audit:read')
    if (block) {
      const call = { by, path: 'exports.audit', outcome: 'refused', reason: block } as const
      await desk.audit.unsuccessful({ ...call, input: null })
      return refuse(403, block)
    }
    const query = filters.safeParse(request.query)
    if (!query.success) return refuse(400, inWords(query.error))

    const rule = await desk.businessDay()
    const chunks = await exportAudit(desk.db, by, { query: query.data, rule })
    const name = `desk-audit-${businessDayOf(by.at.getTime(), rule)}.json`
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(chunks, { objectMode: false }))
  })
}

/** A link on another site must not have somebody's browser export the log; typed addresses may. */
function isFromDesk(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'] ?? 'none'
  return site === 'same-origin' || site === 'none'
}

function inWords(error: z.core.$ZodError): string {
  return error.issues
    .map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}.` : `${message}.`,
    )
    .join(' ')
}
