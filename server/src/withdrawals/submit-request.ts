import { randomBytes } from 'node:crypto'
import { canonicalContent, fingerprintOf } from '@desk/shared/withdrawals/fingerprint'
import { exceededLimits, limitText } from '@desk/shared/withdrawals/judge-limits'
import type { RequestContent } from '@desk/shared/withdrawals/request-content'
import { requestContent } from '@desk/shared/withdrawals/request-content-schema'
import { expiryOf } from '@desk/shared/withdrawals/request-times'
import { failedChecks } from '@desk/shared/withdrawals/destination-checks'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import { readChecks } from './destination-passport.queries.ts'
import { lockOwn, refuseUnusable, type RequestCall } from './draft-request.ts'
import { readLimitUse } from './limit-use.queries.ts'
import { moveRequest, type StoredRequest, subjectOf } from './request-store.ts'

/**
 * Puts a draft before those who approve: from here on it has a fingerprint, and any change makes it another
 * request. Refuses with `limit_exceeded`, `destination_not_usable` and `destination_unsafe`, else as `editRequest`.
 */
export async function submitRequest(
  call: RequestCall,
  input: { readonly id: string; readonly revision: number },
): Promise<{ readonly fingerprint: string }> {
  const { db, by, zone } = call
  return db.transaction().execute(async (trx) => {
    await holdLimits(trx)
    const request = await lockOwn(trx, call, { ...input, states: drafts })
    const policy = await readActivePolicy(trx)
    const { state } = await trx
      .selectFrom('destination')
      .select('state')
      .where('id', '=', request.destination_id)
      .executeTakeFirstOrThrow()
    refuseUnusable(state)
    const failed = failedChecks(await readChecks(trx, request))
    if (failed.length > 0) {
      throw new Refusal('invalid', 'destination_unsafe', failed.join(' '))
    }
    const use = await readLimitUse(trx, {
      requestedBy: request.requested_by,
      at: by.at,
      moment: 'asking',
      zone,
      except: request.id,
    })
    const [exceeded] = exceededLimits(policy.limits, { amountCents: request.amount_cents, ...use })
    if (exceeded) throw new Refusal('invalid', 'limit_exceeded', limitText(exceeded))
    const attachment = await trx
      .selectFrom('withdrawal_attachment')
      .select('sha256')
      .where('request_id', '=', request.id)
      .executeTakeFirst()
    const nonce = randomBytes(24).toString('base64url')
    const canonical = canonicalContent(
      contentOfRequest(request, {
        policyVersion: policy.version,
        nonce,
        attachmentSha256: attachment?.sha256 ?? null,
      }),
    )
    const fingerprint = fingerprintOf(canonical)
    await moveRequest(trx, request, {
      to: 'pending_approval',
      set: {
        submitted_at: by.at,
        expires_at: expiryOf(by.at, policy),
        policy_version: policy.version,
        nonce,
        canonical_content: canonical,
        fingerprint,
      },
      event: {
        kind: 'submitted',
        actorUserId: by.actor.userId,
        at: by.at,
        detail: { fingerprint, policyVersion: policy.version },
      },
    })
    await recordAudit(trx, by, {
      action: 'withdrawal.submit',
      subject: subjectOf(request),
      after: { fingerprint, canonicalContent: canonical },
    })
    return { fingerprint }
  })
}

const drafts = new Set(['draft'] as const)

/** Whoever submits or sends holds it: what limits count stays as it was counted until they commit. */
export async function holdLimits(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.withdrawalLimits}::bigint)`.execute(trx)
}

/** Exactly what people approve, from the row as it stands. Throws where the row holds what no content may. */
export function contentOfRequest(
  request: Pick<
    StoredRequest,
    'amount_cents' | 'currency' | 'network' | 'destination_address' | 'order_id' | 'reason'
  >,
  signed: Pick<RequestContent, 'policyVersion' | 'nonce' | 'attachmentSha256'>,
): RequestContent {
  return requestContent.parse({
    amountCents: request.amount_cents,
    currency: request.currency,
    network: request.network,
    destination: request.destination_address,
    orderId: request.order_id,
    reason: request.reason,
    ...signed,
  })
}
