import { type Insertable, sql } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Trx } from '../database.ts'
import { indexableText, storableText } from '../kernel/storable-text.ts'
import { storableInstant } from '../kernel/storable-value.ts'
import { advanceRequests } from './advance-requests.ts'
import { type MirroredWithdrawal, projectWithdrawal } from './project-withdrawal.ts'
import {
  recordWithdrawalObservations,
  withdrawalAccountsOf,
  type WithdrawalObservation,
} from './withdrawal-observations.ts'

/**
 * The one way anything learned reaches the mirror of withdrawals: lock, record, project, write, in the
 * caller's transaction. Returns the withdrawals about which something new was learned.
 */
export async function learnWithdrawals(
  trx: Trx,
  observations: readonly WithdrawalObservation[],
): Promise<readonly string[]> {
  if (observations.length === 0) return []
  await lockWithdrawals(
    trx,
    observations.map(({ withdrawalId }) => withdrawalId),
  )
  const ids = await projectWithdrawals(trx, await recordWithdrawalObservations(trx, observations))
  const learnedAt = observations.map((observation) => observation.learnedAt.getTime())
  await advanceRequests(trx, ids, new Date(Math.max(...learnedAt)))
  return ids
}

/** Learns what was found upstream and has its request take it, also where the mirror knew it before. */
export async function adoptFound(trx: Trx, found: WithdrawalObservation): Promise<void> {
  await learnWithdrawals(trx, [found])
  await advanceRequests(trx, [found.withdrawalId], found.learnedAt)
}

/** Has the request with this order id take what the mirror has for it; resolves to whether that is anything. */
export async function adoptMirrored(trx: Trx, orderId: string, at: Date): Promise<boolean> {
  const mirrored = await trx
    .selectFrom('withdrawal')
    .select('id')
    // As the index has it.
    .where(sql`lower(order_id)`, '=', orderId.toLowerCase())
    .where('order_id', '=', orderId)
    .execute()
  await advanceRequests(
    trx,
    mirrored.map(({ id }) => id),
    at,
  )
  return mirrored.length > 0
}

/** Derives the mirror of these withdrawals anew from everything known. They must be locked. */
export async function projectWithdrawals(
  trx: Trx,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const accounts = await withdrawalAccountsOf(trx, ids)
  const rows = ids.flatMap((id) => {
    const projected = projectWithdrawal(accounts.get(id) ?? [])
    return projected ? [withdrawalRow(projected)] : []
  })
  if (rows.length === 0) return []
  await trx
    .insertInto('withdrawal')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        status: eb.ref('excluded.status'),
        amount_cents: eb.ref('excluded.amount_cents'),
        currency: eb.ref('excluded.currency'),
        network: eb.ref('excluded.network'),
        recipient_address: eb.ref('excluded.recipient_address'),
        order_id: eb.ref('excluded.order_id'),
        custom_metadata: eb.ref('excluded.custom_metadata'),
        error_message: eb.ref('excluded.error_message'),
        tx_hash: eb.ref('excluded.tx_hash'),
        transaction_at: eb.ref('excluded.transaction_at'),
        received_base_units: eb.ref('excluded.received_base_units'),
        token_symbol: eb.ref('excluded.token_symbol'),
        token_decimals: eb.ref('excluded.token_decimals'),
        created_at: eb.ref('excluded.created_at'),
        updated_at: eb.ref('excluded.updated_at'),
        observation_id: eb.ref('excluded.observation_id'),
      })),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** In the order of the lock keys, so that two batches never wait for each other. */
async function lockWithdrawals(trx: Trx, ids: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(key)
    from (
      select distinct hashtextextended(id, ${lockSpace}) as key
      from unnest(${ids.map(storableText)}::text[]) as id
      order by key
      offset 0
    ) as keys`.execute(trx)
}

/** Sets these locks apart from other uses of advisory locks. */
const lockSpace = 2_003_854_444

function withdrawalRow(mirrored: MirroredWithdrawal): Insertable<Database['withdrawal']> {
  const { receipt } = mirrored
  const orNull = (hold: (text: string) => string, text: string | null | undefined) =>
    text == null ? null : hold(text)
  return {
    id: storableText(mirrored.id),
    status: indexableText(mirrored.status),
    amount_cents: mirrored.amountCents,
    currency: storableText(mirrored.currency),
    network: orNull(storableText, mirrored.network),
    recipient_address: orNull(indexableText, mirrored.recipientAddress),
    order_id: orNull(indexableText, mirrored.orderId),
    custom_metadata: orNull(storableText, mirrored.customMetadata),
    error_message: orNull(storableText, mirrored.errorMessage),
    tx_hash: orNull(indexableText, receipt?.txHash),
    transaction_at: storableInstant(receipt?.transactionAt ?? null),
    received_base_units: receipt?.receivedBaseUnits ?? null,
    token_symbol: orNull(storableText, receipt?.token?.symbol),
    token_decimals: receipt?.token?.decimals ?? null,
    created_at: storableInstant(mirrored.createdAt) ?? mirrored.updatedAt,
    updated_at: mirrored.updatedAt,
    api_read_at: mirrored.apiReadAt,
    observation_id: mirrored.observationId,
  }
}
