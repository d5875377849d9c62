import { type Selectable, sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import type { Database } from '../database-schema.ts'

export type SecretRow = Pick<
  Selectable<Database['webhook_secret']>,
  'id' | 'label' | 'sealed' | 'source' | 'verifies_until'
>

/** All there ever were, in the order in which they came. */
export async function readSecretRows(db: Db): Promise<readonly SecretRow[]> {
  return db
    .selectFrom('webhook_secret')
    .select(['id', 'label', 'sealed', 'source', 'verifies_until'])
    .orderBy('added_at')
    .orderBy('id')
    .execute()
}

/** The same for people, with who added and ended them. */
export async function readSecretsInFull(db: Db) {
  return db
    .selectFrom('webhook_secret as secret')
    .leftJoin('person as adder', 'adder.id', 'secret.added_by')
    .leftJoin('person as ender', 'ender.id', 'secret.ended_by')
    .select(['secret.id', 'label', 'last_four', 'source', 'added_at', 'verifies_until'])
    .select(['uses', 'last_used_at', 'adder.name as added_by', 'ender.name as ended_by'])
    .orderBy('added_at', 'desc')
    .orderBy('secret.id')
    .execute()
}

/** Its terms, locked until the transaction ends; undefined where there is no such secret. */
export async function lockSecret(trx: Trx, id: string) {
  return trx
    .selectFrom('webhook_secret')
    .select(['id', 'label', 'last_four', 'source', 'verifies_until'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export interface NewSecret {
  readonly id: string
  readonly label: string
  readonly lastFour: string
  readonly sealed: string
  readonly addedAt: Date
}

/** Seals those of the environment anew where they are known, under whatever key this Desk has. */
export async function keepEnvironmentSecrets(db: Db, secrets: readonly NewSecret[]): Promise<void> {
  for (const { id, label, lastFour, sealed, addedAt } of secrets) {
    await db
      .insertInto('webhook_secret')
      .values({
        id,
        label,
        last_four: lastFour,
        sealed,
        source: 'environment',
        added_at: addedAt,
      })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealed }))
      .execute()
  }
}

/** A secret that verified before verifies again, under its new name. */
export async function insertSecret(trx: Trx, secret: NewSecret, addedBy: string): Promise<void> {
  const { id, label, lastFour, sealed, addedAt } = secret
  const added = { label, sealed, added_by: addedBy, added_at: addedAt, source: 'desk' } as const
  await trx
    .insertInto('webhook_secret')
    .values({ id, last_four: lastFour, ...added })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ ...added, verifies_until: null, ended_by: null }),
    )
    .execute()
}

export async function setSecretEnd(
  trx: Trx,
  id: string,
  end: { readonly verifiesUntil: Date | null; readonly by: string },
): Promise<void> {
  const { verifiesUntil, by } = end
  await trx
    .updateTable('webhook_secret')
    .set({ verifies_until: verifiesUntil, ended_by: verifiesUntil === null ? null : by })
    .where('id', '=', id)
    .execute()
}

export interface SecretUse {
  readonly id: string
  readonly uses: number
  readonly lastUsedAt: Date
}

/** Adds what was counted since the last time. */
export async function addSecretUses(db: Db, counted: readonly SecretUse[]): Promise<void> {
  await sql`
    update webhook_secret
    set uses = webhook_secret.uses + counted.uses,
      last_used_at = greatest(webhook_secret.last_used_at, counted.last_used_at)
    from unnest(
      ${counted.map(({ id }) => id)}::text[],
      ${counted.map(({ uses }) => uses)}::bigint[],
      ${counted.map(({ lastUsedAt }) => lastUsedAt)}::timestamptz[]
    ) as counted (id, uses, last_used_at)
    where webhook_secret.id = counted.id`.execute(db)
}
