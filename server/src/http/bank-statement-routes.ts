import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { permissionBlock } from '@desk/shared/identity/permissions'
import { sessionEndText } from '@desk/shared/identity/session'
import { statementUpload } from '@desk/shared/settlements/bank-input'
import {
  STATEMENT_BYTES_MAX,
  STATEMENT_PREVIEW_BYTES,
} from '@desk/shared/settlements/bank-statements'
import type { Db } from '../database.ts'
import type { Auth } from '../identity/auth.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { type BankCall, readBankAccount } from '../settlements/bank-accounts.ts'
import { importStatement } from '../settlements/import-statement.ts'
import { previewStatement } from '../settlements/preview-statement.ts'
import { UnreadableStatement } from '../settlements/statements/parsed-statement.ts'
import { webHeaders } from './auth-routes.ts'

export interface BankStatementRoutesDependencies {
  readonly db: Db
  readonly auth: Pick<Auth, 'presenceOf'>
  readonly audit: Context['audit']
  readonly now: () => Date
}

/** Each holds its file and what it becomes in memory. */
const readAtOnceMax = 2

/**
 * `POST /api/bank-statements` takes a bank's file as it is, with account, name and mapping in the address;
 * `/preview` says how the beginning of one would be read. Nobody's bytes are read who may not import, and no
 * more of anybody's than 20 MB.
 */
export function bankStatementRoutes(
  http: FastifyInstance,
  desk: BankStatementRoutesDependencies,
): void {
  const callers = new WeakMap<FastifyRequest, BankCall['by']>()
  let reading = 0
  http.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  http.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const by = await callerOf(desk, { request, reply })
    if (by) callers.set(request, by)
  })
  http.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error.statusCode !== 413) throw error
    return refuse(
      { request, reply },
      413,
      'This file is larger than 20 MB. Import shorter periods.',
    )
  })

  http.post('/preview', { bodyLimit: STATEMENT_PREVIEW_BYTES }, (request, reply) =>
    answered(request, reply, async () => {
      const { account, mapping } = addressOf(request)
      const known = await readBankAccount(desk.db, account)
      return previewStatement(bytesOf(request), known, mapping)
    }),
  )
  http.post('/', { bodyLimit: STATEMENT_BYTES_MAX }, (request, reply) =>
    answered(request, reply, async () => {
      const by = callers.get(request)
      if (!by) throw new Error('A request without a caller came through.')
      if (reading >= readAtOnceMax) {
        const message = 'Other statements are being read. Try again in a moment.'
        throw new Refusal('rate_limited', 'statements_busy', message)
      }
      const upload = addressOf(request)
      reading++
      try {
        return await importStatement({ db: desk.db, by }, upload, bytesOf(request))
      } catch (error) {
        if (error instanceof Refusal) {
          const call = {
            by,
            path: 'bank.import',
            outcome: 'refused',
            reason: error.message,
          } as const
          await desk.audit.unsuccessful({ ...call, input: { account: upload.account } })
        }
        throw error
      } finally {
        reading--
      }
    }),
  )
}

const json = z.string().transform((text, context) => {
  try {
    const read: unknown = JSON.parse(text)
    return read
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' })
    return z.NEVER
  }
})
const address = z.object({ upload: json.pipe(statementUpload) })

function addressOf(request: FastifyRequest) {
  const read = address.safeParse(request.query)
  if (read.success) return read.data.upload
  throw new Refusal(
    'invalid',
    'upload_invalid',
    read.error.issues[0]?.message ?? 'It is not as it should be.',
  )
}

function bytesOf({ body }: FastifyRequest): Uint8Array {
  if (body instanceof Uint8Array) return body
  throw new Refusal('invalid', 'upload_invalid', 'There is no file in this request.')
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Who it is; null once they were told why they may not. */
async function callerOf(
  desk: BankStatementRoutesDependencies,
  { request, reply }: Exchange,
): Promise<BankCall['by'] | null> {
  const from = { address: request.ip, requestId: request.id }
  const { actor, sessionEnd } = await desk.auth.presenceOf({
    headers: webHeaders(request),
    ...from,
  })
  if (!actor) {
    await refuse(
      { request, reply },
      401,
      sessionEnd ? sessionEndText[sessionEnd] : 'Sign in first.',
    )
    return null
  }
  const by = { actor, ...from, at: desk.now() }
  const block = permissionBlock(actor, 'settlements:import')
  if (!block) return by
  const call = { by, path: 'bank.import', outcome: 'refused', reason: block } as const
  await desk.audit.unsuccessful({ ...call, input: null })
  await refuse({ request, reply }, 403, block)
  return null
}

const statusOf = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
  rate_limited: 429,
} as const

async function answered(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: () => Promise<object>,
): Promise<FastifyReply> {
  try {
    return await reply.send(await answer())
  } catch (error) {
    if (error instanceof Refusal)
      return refuse({ request, reply }, statusOf[error.kind], error.message)
    if (error instanceof UnreadableStatement) {
      return refuse({ request, reply }, statusOf.invalid, error.message)
    }
    throw error
  }
}

function refuse({ request, reply }: Exchange, status: number, message: string): FastifyReply {
  return reply.status(status).send({ message, requestId: request.id })
}
