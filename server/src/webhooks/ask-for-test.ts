import { sql } from 'kysely'
import * as z from 'zod'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'
import type { TestOutcome } from '@desk/shared/webhooks/webhook-settings'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'

const waitMsMax = 15_000

export interface TestRequest {
  readonly sandboxUrl: URL | null
  readonly by: Attribution
}

/**
 * Has the sandbox deliver a test to this Desk and tells what arrived. Refuses with `no_sandbox`,
 * `sandbox_away`, and with `no_endpoint` where the sandbox was not told where Desk is.
 */
export async function askForTest(db: Db, { sandboxUrl, by }: TestRequest): Promise<TestOutcome> {
  if (sandboxUrl === null) {
    const message = 'SpacePay itself cannot be asked for a test: use its dashboard.'
    throw new Refusal('conflict', 'no_sandbox', message)
  }
  const control = new URL('/__sandbox/', sandboxUrl)
  const { data } = endpoints.parse(await call(new URL('webhooks', control), 'GET'))
  const own = data.find(({ url }) => new URL(url).pathname === webhookPath)
  if (!own) {
    const message = 'The sandbox has no endpoint that is this Desk. Add one on its control page.'
    throw new Refusal('conflict', 'no_endpoint', message)
  }
  const sent = attempt.parse(
    await call(new URL(`webhooks/${encodeURIComponent(own.id)}/test`, control), 'POST'),
  )
  await db
    .transaction()
    .execute((trx) =>
      recordAudit(trx, by, { action: 'webhook.test', after: { eventId: sent.eventId } }),
    )
  return { status: sent.status, kept: await findKept(db, sent.eventId) }
}

const endpoints = z.object({ data: z.array(z.object({ id: z.string(), url: z.url() })) })
const attempt = z.object({ eventId: z.string(), status: z.number().nullable() })

async function call(url: URL, method: 'GET' | 'POST'): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(waitMsMax),
    })
    if (answer.ok) return await answer.json()
    const { message } = refusal.parse(await answer.json())
    throw new Refusal('conflict', 'sandbox_away', `The sandbox said: ${message}`)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('conflict', 'sandbox_away', 'The sandbox does not answer. Try again.')
  }
}

const refusal = z.object({ message: z.string() })

/** A refused one has no event id of its own, as nobody vouches for its headers: there it is looked for. */
async function findKept(db: Db, eventId: string): Promise<TestOutcome['kept']> {
  const accepted = await db
    .selectFrom('webhook_delivery')
    .select(['id', 'received_at', 'verdict'])
    .where('event_id', '=', eventId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (accepted) {
    const { id, verdict } = accepted
    return { id: String(id), receivedAt: accepted.received_at.toISOString(), verdict, reason: null }
  }
  const refused = await db
    .selectFrom('webhook_quarantine')
    .select(['id', 'received_at', 'verdict', 'reason'])
    .where(sql<boolean>`headers ->> 'x-spacepay-event-id' = ${eventId}`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!refused) return null
  const { id, verdict, reason } = refused
  return { id: `q${id}`, receivedAt: refused.received_at.toISOString(), verdict, reason }
}
