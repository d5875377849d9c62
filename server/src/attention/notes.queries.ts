import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { PaymentNote } from '@desk/shared/attention/payment-note'
import { userId } from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'

/** All notes on a payment with what they said before, oldest first. */
export async function findNotesOf(db: Db, paymentId: string): Promise<PaymentNote[]> {
  const rows = await notes(db).where('note.payment_id', '=', paymentId).orderBy('note.id').execute()
  return rows.map(toNote)
}

/** Held until the transaction ends. */
export async function lockNote(
  trx: Trx,
  { id, noteId }: { readonly id: string; readonly noteId: number },
): Promise<PaymentNote | undefined> {
  const row = await notes(trx)
    .where('note.id', '=', noteId)
    .where('note.payment_id', '=', id)
    .forUpdate('note')
    .executeTakeFirst()
  return row && toNote(row)
}

export async function insertNote(
  trx: Trx,
  note: {
    readonly paymentId: string
    readonly authorId: string
    readonly text: string
    readonly at: Date
  },
): Promise<number> {
  const { id } = await trx
    .insertInto('payment_note')
    .values({
      payment_id: note.paymentId,
      author_id: note.authorId,
      text: note.text,
      written_at: note.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What it said until now is kept. The note must be locked. */
export async function replaceText(
  trx: Trx,
  { id, text, version, writtenAt, editedAt }: PaymentNote,
  by: { readonly text: string; readonly at: Date },
): Promise<void> {
  await trx
    .insertInto('payment_note_version')
    .values({ note_id: id, version, text, written_at: editedAt ?? writtenAt })
    .execute()
  await trx
    .updateTable('payment_note')
    .set({ text: by.text, version: version + 1, edited_at: by.at })
    .where('id', '=', id)
    .execute()
}

function notes(db: Db) {
  return db
    .selectFrom('payment_note as note')
    .innerJoin('person as author', 'author.id', 'note.author_id')
    .select((eb) => [
      'note.id',
      'note.text',
      'note.version',
      'note.written_at as writtenAt',
      'note.edited_at as editedAt',
      'author.id as authorId',
      'author.name as authorName',
      jsonArrayFrom(
        eb
          .selectFrom('payment_note_version as earlier')
          .select(['earlier.version', 'earlier.text', 'earlier.written_at as at'])
          .whereRef('earlier.note_id', '=', 'note.id')
          .orderBy('earlier.version'),
      ).as('earlier'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof notes>['executeTakeFirstOrThrow']>>

function toNote(row: Row): PaymentNote {
  return {
    id: row.id,
    author: { id: userId.parse(row.authorId), name: row.authorName },
    text: row.text,
    writtenAt: row.writtenAt.toISOString(),
    version: row.version,
    // Inside JSON an instant is text.
    earlier: row.earlier.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    editedAt: row.editedAt?.toISOString() ?? null,
  }
}
