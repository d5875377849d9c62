import type { Db, Trx } from '../database.ts'

export type PasskeyPurpose = 'enrol' | 'sign_in' | 'step_up'

/** A passkey as the person sees it in the list of their own. */
export interface PasskeyEntry {
  readonly id: string
  readonly name: string
  readonly addedAt: Date
  readonly lastUsedAt: Date | null
  readonly isBackedUp: boolean
}

export async function findPasskeys(db: Db, userId: string): Promise<PasskeyEntry[]> {
  return db
    .selectFrom('passkey')
    .select([
      'id',
      'name',
      'created_at as addedAt',
      'last_used_at as lastUsedAt',
      'backed_up as isBackedUp',
    ])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** How the browser reaches each passkey of the person. */
export async function findPasskeyTransports(
  db: Db,
  userId: string,
): Promise<{ id: string; transports: string[] }[]> {
  return db
    .selectFrom('passkey')
    .select(['id', 'transports'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
}

/** Held until the end of the transaction: the counters of two uses at once are compared one by one. */
export async function lockPasskey(
  trx: Trx,
  passkey: { readonly id: string; readonly userId: string },
): Promise<{ publicKey: Buffer; signCount: number } | undefined> {
  return trx
    .selectFrom('passkey')
    .select(['public_key as publicKey', 'sign_count as signCount'])
    .where('id', '=', passkey.id)
    .where('user_id', '=', passkey.userId)
    .forUpdate()
    .executeTakeFirst()
}

export async function markPasskeyUsed(
  trx: Trx,
  id: string,
  used: { readonly signCount: number; readonly isBackedUp: boolean; readonly at: Date },
): Promise<void> {
  await trx
    .updateTable('passkey')
    .set({ sign_count: used.signCount, backed_up: used.isBackedUp, last_used_at: used.at })
    .where('id', '=', id)
    .execute()
}

export interface NewPasskey {
  readonly id: string
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly transports: readonly string[]
  readonly isBackedUp: boolean
}

/** Whether it was added; a credential is one person's, once. */
export async function insertPasskey(
  trx: Trx,
  passkey: NewPasskey,
  owner: { readonly userId: string; readonly name: string; readonly at: Date },
): Promise<boolean> {
  const added = await trx
    .insertInto('passkey')
    .values({
      id: passkey.id,
      user_id: owner.userId,
      name: owner.name,
      public_key: Buffer.from(passkey.publicKey),
      sign_count: passkey.signCount,
      transports: [...passkey.transports],
      backed_up: passkey.isBackedUp,
      created_at: owner.at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** The removed passkey's name, or undefined where the person has no such passkey. */
export async function deletePasskey(
  trx: Trx,
  passkey: { readonly id: string; readonly userId: string },
): Promise<{ name: string } | undefined> {
  return trx
    .deleteFrom('passkey')
    .where('id', '=', passkey.id)
    .where('user_id', '=', passkey.userId)
    .returning('name')
    .executeTakeFirst()
}

/** The newest challenge of a holder takes the place of the one before; those that ran out go. */
export async function keepChallenge(
  trx: Trx,
  asked: {
    readonly holderId: string
    readonly purpose: PasskeyPurpose
    readonly challenge: string
    readonly at: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  const { holderId, purpose, challenge, at, expiresAt } = asked
  await trx.deleteFrom('passkey_challenge').where('expires_at', '<=', at).execute()
  await trx
    .insertInto('passkey_challenge')
    .values({ holder_id: holderId, purpose, challenge, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict.columns(['holder_id', 'purpose']).doUpdateSet({ challenge, expires_at: expiresAt }),
    )
    .execute()
}

/** Hands the challenge out once; null where there is none or it ran out. */
export async function takeChallenge(
  trx: Trx,
  asked: { readonly holderId: string; readonly purpose: PasskeyPurpose; readonly at: Date },
): Promise<string | null> {
  const taken = await trx
    .deleteFrom('passkey_challenge')
    .where('holder_id', '=', asked.holderId)
    .where('purpose', '=', asked.purpose)
    .returning(['challenge', 'expires_at as expiresAt'])
    .executeTakeFirst()
  return taken && taken.expiresAt > asked.at ? taken.challenge : null
}
