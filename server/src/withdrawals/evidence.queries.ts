import { sql } from 'kysely'
import { requestContent } from '@desk/shared/withdrawals/request-content-schema'
import type {
  EvidenceAttempt,
  EvidenceVote,
  RequestEvidence,
} from '@desk/shared/withdrawals/request-evidence'
import { readAuditHead } from '../audit/audit.queries.ts'
import { hashedContent } from '../audit/chain.ts'
import { chainedRows } from '../audit/chained-rows.queries.ts'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readPolicyVersionsOf } from './policy-versions.queries.ts'
import { readAttempts, readStory, readVoteRows } from './request-parts.queries.ts'
import { requestRows, toRequestRows } from './request-rows.queries.ts'
import type { StoredRequest } from './request-store.ts'

/** What Desk itself has to say of a request, without who asked for the file and how it is verified. */
export type KeptEvidence = Pick<
  RequestEvidence,
  | 'request'
  | 'submission'
  | 'attachment'
  | 'policies'
  | 'votes'
  | 'attempts'
  | 'atSpacePay'
  | 'events'
  | 'audit'
>

/** All of it as it stood at one moment. Refuses with `withdrawal_unknown`. */
export async function readEvidence(db: Db, id: string): Promise<KeptEvidence> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((moment) => readParts(moment, id))
}

async function readParts(db: Db, id: string): Promise<KeptEvidence> {
  const request = await db
    .selectFrom('withdrawal_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  const [row] = await toRequestRows(
    db,
    await requestRows(db).where('request.id', '=', id).execute(),
  )
  if (!request || !row) {
    throw new Refusal('not_found', 'withdrawal_unknown', 'There is no such withdrawal.')
  }
  const votes = await readVotes(db, id)
  const versions = votes.map(({ policyVersion }) => policyVersion)
  if (request.policy_version !== null) versions.push(request.policy_version)
  return {
    request: {
      ...row,
      revision: request.revision,
      reason: request.reason,
      isBreakGlass: request.is_break_glass,
      withdrawalId: request.withdrawal_id,
    },
    submission: submissionOf(request),
    attachment: await readWholeAttachment(db, id),
    policies: await readPolicyVersionsOf(db, [...new Set(versions)]),
    votes,
    attempts: await readWholeAttempts(db, id),
    atSpacePay: await readAccount(db, request.withdrawal_id),
    events: await readStory(db, id),
    audit: { head: await readAuditHead(db), entries: await readEntries(db, id) },
  }
}

function submissionOf({ canonical_content: text, fingerprint }: StoredRequest) {
  if (text === null || fingerprint === null) return null
  return {
    content: requestContent.parse(JSON.parse(text)),
    canonicalText: text,
    canonicalTextBase64: Buffer.from(text).toString('base64'),
    fingerprint,
  }
}

async function readWholeAttachment(db: Db, id: string): Promise<RequestEvidence['attachment']> {
  const row = await db
    .selectFrom('withdrawal_attachment')
    .select(['name', 'media_type as mediaType', 'sha256', 'bytes'])
    .where('request_id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const { bytes, sha256, ...described } = row
  return { ...described, byteLength: bytes.length, sha256, base64: bytes.toString('base64') }
}

async function readVotes(db: Db, id: string): Promise<readonly EvidenceVote[]> {
  const rows = await db
    .selectFrom('withdrawal_vote')
    .select(['policy_version', 'stepped_up_at'])
    .where('request_id', '=', id)
    // The order of the votes as screens get them.
    .orderBy('at')
    .orderBy('id')
    .execute()
  return (await readVoteRows(db, id)).map((vote, index) => {
    const row = rows[index]
    if (!row) throw new Error(`A vote on ${id} is missing.`)
    const steppedUpAt = row.stepped_up_at?.toISOString() ?? null
    return { ...vote, policyVersion: row.policy_version, steppedUpAt }
  })
}

async function readWholeAttempts(db: Db, id: string): Promise<readonly EvidenceAttempt[]> {
  const rows = await db
    .selectFrom('withdrawal_attempt')
    .select(['number', 'fingerprint', 'body'])
    .where('request_id', '=', id)
    .execute()
  return (await readAttempts(db, id)).map((attempt) => {
    const sent = rows.find(({ number }) => number === attempt.number)
    if (!sent) throw new Error(`Attempt ${attempt.number} at ${id} is missing.`)
    return { ...attempt, fingerprint: sent.fingerprint, body: sent.body }
  })
}

/** What the mirror made of all that SpacePay said of a withdrawal, and every word of it, oldest first. */
async function readAccount(db: Db, id: string | null): Promise<RequestEvidence['atSpacePay']> {
  if (id === null) return null
  const row = await db.selectFrom('withdrawal').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const observations = await db
    .selectFrom('withdrawal_observation')
    .select(['source', 'status', 'occurred_at', 'learned_at', 'webhook_delivery_id', 'body'])
    .select(sql<string>`encode(body_sha256, 'hex')`.as('bodySha256'))
    .where('withdrawal_id', '=', id)
    .orderBy('id')
    .execute()
  return {
    withdrawal: {
      id: row.id,
      status: row.status,
      amountCents: row.amount_cents,
      currency: row.currency,
      network: row.network,
      recipientAddress: row.recipient_address,
      orderId: row.order_id,
      errorMessage: row.error_message,
      transactionHash: row.tx_hash,
      transactionAt: row.transaction_at?.toISOString() ?? null,
      receivedBaseUnits: row.received_base_units,
      tokenSymbol: row.token_symbol,
      tokenDecimals: row.token_decimals,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    },
    observations: observations.map((told) => ({
      source: told.source,
      status: told.status,
      occurredAt: told.occurred_at.toISOString(),
      learnedAt: told.learned_at.toISOString(),
      webhookDelivery: told.webhook_delivery_id,
      bodySha256: told.bodySha256,
      body: told.body,
    })),
  }
}

/** As the export of the whole log has them, see decision 0008. */
async function readEntries(db: Db, id: string): Promise<RequestEvidence['audit']['entries']> {
  const about = chainedRows(db, {
    only: (rows) => rows.where('subject_kind', '=', 'withdrawal').where('subject_id', '=', id),
  })
  const entries = []
  for await (const { entry, previousHash, hash } of about) {
    entries.push({ ...hashedContent(entry, previousHash), hash: hash.toString('hex') })
  }
  return entries
}
