import { createHash } from 'node:crypto'
import { type AttachmentType, judgeAttachment } from '@desk/shared/withdrawals/attachment'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { backToDraft, lockOwn, type RequestCall } from './draft-request.ts'
import { type StoredRequest, subjectOf } from './request-store.ts'

/** The revision that the request has by it. */
interface Changed {
  readonly revision: number
}

export interface NewAttachment {
  readonly id: string
  readonly revision: number
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Attaches a document in place of the one before. It is a change like any other: the request is a draft then,
 * and what was approved of it is void. Refuses with `attachment_unfit`, else as `editRequest`.
 */
export async function attachDocument(call: RequestCall, asked: NewAttachment): Promise<Changed> {
  const { db, by } = call
  const judged = judgeAttachment(asked)
  if ('problem' in judged) throw new Refusal('invalid', 'attachment_unfit', judged.problem)
  const sha256 = createHash('sha256').update(asked.bytes).digest('hex')
  return db.transaction().execute(async (trx) => {
    const request = await lockOwn(trx, call, asked)
    const before = await describedAttachment(trx, request)
    const kept = {
      name: judged.name,
      media_type: judged.mediaType,
      sha256,
      bytes: asked.bytes,
      added_by: by.actor.userId,
      added_at: by.at,
    }
    await trx
      .insertInto('withdrawal_attachment')
      .values({ request_id: request.id, ...kept })
      .onConflict((conflict) => conflict.column('request_id').doUpdateSet(kept))
      .execute()
    const { revision } = await backToDraft(trx, request, { call, kind: 'attached' })
    await recordAudit(trx, by, {
      action: 'withdrawal.attach',
      subject: subjectOf(request),
      ...(before && { before }),
      after: await describedAttachment(trx, request),
    })
    return { revision }
  })
}

/** Takes the document off again, as a change. Refuses with `attachment_unknown`, else as `editRequest`. */
export async function detachDocument(
  call: RequestCall,
  asked: { readonly id: string; readonly revision: number },
): Promise<Changed> {
  const { db, by } = call
  return db.transaction().execute(async (trx) => {
    const request = await lockOwn(trx, call, asked)
    const before = await describedAttachment(trx, request)
    if (before === null) throw noAttachment()
    await trx.deleteFrom('withdrawal_attachment').where('request_id', '=', request.id).execute()
    const { revision } = await backToDraft(trx, request, { call, kind: 'detached' })
    await recordAudit(trx, by, {
      action: 'withdrawal.detach',
      subject: subjectOf(request),
      before,
    })
    return { revision }
  })
}

export interface AttachedDocument {
  readonly name: string
  readonly mediaType: AttachmentType
  readonly bytes: Buffer
}

/** The bytes as they were attached. Refuses with `attachment_unknown`. */
export async function readDocument(db: Db, requestId: string): Promise<AttachedDocument> {
  const row = await db
    .selectFrom('withdrawal_attachment')
    .select(['name', 'media_type as mediaType', 'bytes'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  if (!row) throw noAttachment()
  return row
}

/** What the audit log keeps of it: never the bytes. */
async function describedAttachment(trx: Trx, request: Pick<StoredRequest, 'id'>) {
  const row = await trx
    .selectFrom('withdrawal_attachment')
    .select(['name', 'media_type as mediaType', 'sha256'])
    .select((eb) => eb.fn<number>('length', ['bytes']).as('byteLength'))
    .where('request_id', '=', request.id)
    .executeTakeFirst()
  return row ?? null
}

function noAttachment(): Refusal {
  return new Refusal('not_found', 'attachment_unknown', 'Nothing is attached to this withdrawal.')
}
