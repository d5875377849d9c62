import type { NewPaymentInput, PaymentKin } from '@desk/shared/payments/new-payment'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { Db, Trx } from '../database.ts'

/** What is known of an attempt to make a payment. */
export interface Creation {
  readonly askedBy: string
  /** JSON. */
  readonly wish: string
  readonly paymentId: string | null
  readonly refusal: string | null
  readonly refusedField: string | null
}

/** Writes the attempt down before SpacePay hears of it; answers what is known of it from before. */
export async function beginCreation(
  db: Db,
  wish: NewPaymentInput,
  asked: { readonly askedBy: string; readonly at: Date },
): Promise<Creation | null> {
  const { numInsertedOrUpdatedRows: rows } = await db
    .insertInto('payment_creation')
    .values({
      attempt: wish.attempt,
      asked_by: asked.askedBy,
      asked_at: asked.at,
      wish: JSON.stringify(wish),
      made_from: wish.madeFrom,
      state: 'asked',
    })
    .onConflict((conflict) => conflict.column('attempt').doNothing())
    .executeTakeFirstOrThrow()
  return rows === 1n ? null : findCreation(db, wish.attempt)
}

export async function findCreation(db: Db, attempt: string): Promise<Creation | null> {
  const row = await db
    .selectFrom('payment_creation')
    .select(['asked_by', 'wish', 'payment_id', 'refusal', 'refused_field'])
    .where('attempt', '=', attempt)
    .executeTakeFirst()
  return row === undefined
    ? null
    : {
        askedBy: row.asked_by,
        wish: row.wish,
        paymentId: row.payment_id,
        refusal: row.refusal,
        refusedField: row.refused_field,
      }
}

/** False where it was marked before. */
export async function markMade(
  trx: Trx,
  attempt: string,
  made: { readonly paymentId: PaymentId; readonly sealedLink: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('payment_creation')
    .set({
      state: 'made',
      payment_id: made.paymentId,
      sealed_link: made.sealedLink,
      refusal: null,
      refused_field: null,
    })
    .where('attempt', '=', attempt)
    .where('state', '<>', 'made')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function markRefused(
  db: Db,
  attempt: string,
  refusal: { readonly message: string; readonly field: string | null },
): Promise<void> {
  await db
    .updateTable('payment_creation')
    .set({ state: 'refused', refusal: refusal.message, refused_field: refusal.field })
    .where('attempt', '=', attempt)
    .where('state', '=', 'asked')
    .execute()
}

/** Null where Desk did not make the payment, or was not told a link. */
export async function findSealedLink(db: Db, id: PaymentId): Promise<string | null> {
  const row = await db
    .selectFrom('payment_creation')
    .select('sealed_link')
    .where('payment_id', '=', id)
    .executeTakeFirst()
  return row?.sealed_link ?? null
}

export async function readPaymentKin(reads: Db, id: PaymentId): Promise<PaymentKin> {
  const [made, followers] = await Promise.all([
    reads
      .selectFrom('payment_creation')
      .innerJoin('person', 'person.id', 'payment_creation.asked_by')
      .select(['made_from', 'sealed_link', 'person.name'])
      .where('payment_id', '=', id)
      .executeTakeFirst(),
    reads
      .selectFrom('payment_creation')
      .select('payment_id')
      .where('made_from', '=', id)
      .where('payment_id', 'is not', null)
      .orderBy('asked_at')
      .limit(20)
      .execute(),
  ])
  return {
    madeFrom: made?.made_from ?? null,
    followedBy: followers.flatMap(({ payment_id }) => (payment_id === null ? [] : [payment_id])),
    madeBy: made?.name ?? null,
    hasLink: made?.sealed_link != null,
  }
}
