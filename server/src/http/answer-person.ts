import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Permission, permissionBlock } from '@desk/shared/identity/permissions'
import { sessionEndText } from '@desk/shared/identity/session'
import type { Auth } from '../identity/auth.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { Refusal, type RefusalKind } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { webHeaders } from './auth-routes.ts'

export interface PersonDependencies {
  readonly auth: Pick<Auth, 'presenceOf'>
  readonly audit: Context['audit']
  readonly now: () => Date
}

/** One request by a person that is no procedure, such as one with a file. */
interface PersonsRequest {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly permission: Permission
  /** Names it in the audit log where it is refused, such as `withdrawals.attach`. */
  readonly path: string
  /** What it is about, as it came; nothing but ids is kept of it. */
  readonly input: unknown
}

const statusOf = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
  rate_limited: 429,
} as const satisfies Record<RefusalKind, number>

/**
 * Answers whoever is signed in and permitted, by the same table, words and audit entries as procedures do;
 * `answer` runs only then. Refusals are `{ message, code, requestId }`.
 */
export async function answerPerson(
  desk: PersonDependencies,
  { request, reply, ...asked }: PersonsRequest,
  answer: (by: Attribution & { readonly actor: Actor }) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const refuse = (status: number, message: string, code: string | null = null) => {
    // What is left of a body is not waited for.
    if (!request.raw.complete) void reply.header('connection', 'close')
    return reply.status(status).send({ message, code, requestId: request.id })
  }
  const from = { address: request.ip, requestId: request.id }
  const { actor, sessionEnd } = await desk.auth.presenceOf({
    headers: webHeaders(request),
    ...from,
  })
  if (!actor) return refuse(401, sessionEnd ? sessionEndText[sessionEnd] : 'Sign in first.')
  const by = { actor, ...from, at: desk.now() }
  const record = async (reason: string) => {
    const { path, input } = asked
    await desk.audit.unsuccessful({ by, path, input, reason, outcome: 'refused' })
  }
  const block = permissionBlock(actor, asked.permission)
  if (block !== null) {
    await record(block)
    return refuse(403, block)
  }
  try {
    return await answer(by)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // What did not work is worth an entry where something was to change.
    if (request.method !== 'GET' || error.kind === 'forbidden') await record(error.message)
    return refuse(statusOf[error.kind], error.message, error.code)
  }
}
