import type { Db, Trx } from '../database.ts'

export interface StoredAuthenticator {
  readonly sealedSecret: string
  readonly confirmedAt: Date | null
  /** An app that is to take the place of the confirmed one, once it showed a code. */
  readonly nextSealedSecret: string | null
  /** The 30-second step of the last code that was taken. */
  readonly lastStep: number | null
}

/** Held until the end of the transaction: of two uses of one code the second sees the first. */
export async function lockAuthenticator(
  trx: Trx,
  userId: string,
): Promise<StoredAuthenticator | undefined> {
  return trx
    .selectFrom('authenticator')
    .select([
      'sealed_secret as sealedSecret',
      'confirmed_at as confirmedAt',
      'next_sealed_secret as nextSealedSecret',
      'last_step as lastStep',
    ])
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
}

export async function setLastStep(trx: Trx, userId: string, step: number): Promise<void> {
  await trx
    .updateTable('authenticator')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .execute()
}

/** Keeps the secret of an app that has yet to show a first code; a confirmed app stays in use till then. */
export async function keepNewAuthenticator(
  trx: Trx,
  added: { readonly userId: string; readonly sealedSecret: string; readonly at: Date },
): Promise<void> {
  const { userId, sealedSecret, at } = added
  const replaced = await trx
    .updateTable('authenticator')
    .set({ next_sealed_secret: sealedSecret })
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  if (replaced.numUpdatedRows > 0n) return
  await trx
    .insertInto('authenticator')
    .values({ user_id: userId, sealed_secret: sealedSecret, created_at: at })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ sealed_secret: sealedSecret, created_at: at }),
    )
    .execute()
}

/** Puts an app into use whose code for `step` was right; that code then counts as used. */
export async function confirmNewAuthenticator(
  trx: Trx,
  confirmed: {
    readonly userId: string
    readonly sealedSecret: string
    readonly step: number
    readonly at: Date
  },
): Promise<void> {
  await trx
    .updateTable('authenticator')
    .set({
      sealed_secret: confirmed.sealedSecret,
      next_sealed_secret: null,
      confirmed_at: confirmed.at,
      last_step: confirmed.step,
    })
    .where('user_id', '=', confirmed.userId)
    .execute()
}

/** Whether there was one in use; one that was never confirmed goes too. */
export async function deleteAuthenticator(trx: Trx, userId: string): Promise<boolean> {
  const removed = await trx
    .deleteFrom('authenticator')
    .where('user_id', '=', userId)
    .returning('confirmed_at as confirmedAt')
    .executeTakeFirst()
  return removed?.confirmedAt != null
}

/** When the app was put into use, or null for none. */
export async function findAuthenticatorDate(db: Db, userId: string): Promise<Date | null> {
  const found = await db
    .selectFrom('authenticator')
    .select('confirmed_at as confirmedAt')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return found?.confirmedAt ?? null
}
