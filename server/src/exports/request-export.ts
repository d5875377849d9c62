import { randomInt } from 'node:crypto'
import type { CreateExportInput } from '@desk/shared/exports/export-input'
import { COLUMN_SET } from '@desk/shared/exports/export-columns'
import { printSearch } from '@desk/shared/payments/print-search'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { SearchPlace } from '../payments/payment-conditions.ts'
import { readExport } from './exports.queries.ts'

/** Exports of one person that wait or run at the same time. */
const openMax = 5

export interface ExportCall {
  readonly db: Db
  readonly by: Attribution
  readonly place: SearchPlace
}

/** Asks for a file; some Desk writes it soon. Refuses with `too_many_exports`. */
export async function requestExport(
  { db, by, place }: ExportCall,
  input: CreateExportInput,
): Promise<{ id: string }> {
  const { userId } = place.viewer
  return db.transaction().execute(async (trx) => {
    await refuseTooMany(trx, userId)
    const id = newId()
    await trx
      .insertInto('export')
      .values({
        id,
        kind: 'payments',
        query: JSON.stringify(input.query),
        zone: place.zone,
        cut_off: place.cutOff,
        asked_on: place.today,
        viewer_id: userId,
        times_zone: input.timesZone,
        column_set: COLUMN_SET,
        columns: input.columns,
        format: input.format,
        has_mark: input.hasMark,
        state: 'queued',
        requested_by: userId,
        requested_at: by.at,
      })
      .execute()
    await enqueue(trx, 'export.run', [id])
    await recordAudit(trx, by, {
      action: 'export.create',
      subject: { kind: 'export', id },
      after: {
        filter: printSearch(input.query),
        zone: place.zone,
        cutOff: place.cutOff,
        askedOn: place.today,
        format: input.format,
        columns: input.columns,
      },
    })
    return { id }
  })
}

/**
 * Asks the same question again, of the same days, and how the answer differs. Refuses with `export_unknown`,
 * `export_not_done` and `too_many_exports`.
 */
export async function requestAgain(
  { db, by, place }: ExportCall,
  previousId: string,
): Promise<{ id: string }> {
  const previous = await readExport(db, previousId)
  if (previous.state !== 'done') {
    const message = 'Only an export that is done can be run again.'
    throw new Refusal('conflict', 'export_not_done', message)
  }
  return db.transaction().execute(async (trx) => {
    await refuseTooMany(trx, place.viewer.userId)
    const id = newId()
    await trx
      .insertInto('export')
      .columns([
        ...asked,
        ...(['id', 'state', 'previous_id', 'requested_by', 'requested_at'] as const),
      ])
      .expression((eb) =>
        eb
          .selectFrom('export')
          .select(asked)
          .select((row) => [
            row.val(id).as('id'),
            row.val<'queued'>('queued').as('state'),
            row.ref('export.id').as('previous_id'),
            row.val<string>(place.viewer.userId).as('requested_by'),
            row.cast<Date>(row.val(by.at), 'timestamptz').as('requested_at'),
          ])
          .where('export.id', '=', previousId),
      )
      .execute()
    await enqueue(trx, 'export.run', [id])
    await recordAudit(trx, by, {
      action: 'export.create',
      subject: { kind: 'export', id },
      after: { filter: printSearch(previous.query), previous: previousId },
    })
    return { id }
  })
}

/** What a run again has in common with the one before. */
const asked = [
  'kind',
  'query',
  'zone',
  'cut_off',
  'asked_on',
  'viewer_id',
  'times_zone',
  'column_set',
  'columns',
  'format',
  'has_mark',
] as const

async function refuseTooMany(trx: Trx, personId: string): Promise<void> {
  const open = await trx
    .selectFrom('export')
    .select('id')
    .where('requested_by', '=', personId)
    .where('state', 'in', ['queued', 'running'])
    .limit(openMax)
    .execute()
  if (open.length < openMax) return
  const message = `${openMax} of your exports wait or run already. Wait for one of them, or cancel one.`
  throw new Refusal('conflict', 'too_many_exports', message)
}

const idCharacters = '0123456789abcdefghijklmnopqrstuvwxyz'

function newId(): string {
  return Array.from({ length: 10 }, () => idCharacters.charAt(randomInt(36))).join('')
}
