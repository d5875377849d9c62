import {
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  sql,
  type UnknownRow,
  WithNode,
} from 'kysely'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { notKnownThen } from '@desk/shared/payments/past-question'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'

/**
 * The database in which every payment stands as Desk knew it at `asOf`, and those it did not know yet are not
 * there: whatever reads the list reads it as it was. What names a payment (its order, addresses, metadata) is
 * today's, so that it is found by what it is called now. Refuses what nobody kept (`not_known_then`) and times
 * before anything was kept (`before_records`). Today's database where no time is given.
 */
export async function readsAsOf(
  reads: Db,
  { asOf, query }: { readonly asOf?: string | null | undefined; readonly query: PaymentQuery },
): Promise<Db> {
  return asOf == null ? reads : paymentsAsOf(reads, { asOf, query })
}

async function paymentsAsOf(
  reads: Db,
  { asOf, query }: { readonly asOf: string; readonly query: PaymentQuery },
): Promise<Db> {
  const unknown = notKnownThen(query)
  if (unknown.length > 0) {
    const message = `What people did and what was judged by the clock is not kept for the past: leave out ${unknown.join(', ')}.`
    throw new Refusal('invalid', 'not_known_then', message)
  }
  const { since } = await reads
    .selectFrom('payment_state_ground')
    .select('since')
    .executeTakeFirstOrThrow()
  if (Date.parse(asOf) < since.getTime()) {
    const from = since.toISOString().slice(0, 16).replace('T', ' ')
    const message = `How the list looked is kept from ${from} UTC on. Choose a later time; each payment's own page goes back further.`
    throw new Refusal('invalid', 'before_records', message)
  }
  return reads.withPlugin(pastOf(reads, asOf))
}

/** Puts the payments of that time in the place of today's, under their name, in every statement that reads. */
function pastOf(reads: Db, asOf: string): KyselyPlugin {
  const past = reads
    .with(
      (cte) => cte('payment').notMaterialized(),
      (db) =>
        db
          .selectFrom('payment_state as state')
          .innerJoin('payment as known', 'known.id', 'state.payment_id')
          .select([
            'state.payment_id as id',
            'known.merchant_id',
            'state.type',
            'state.status',
            'state.amount_cents',
            'known.currency',
            'known.order_id',
            'known.deposit_address',
            'state.net_cents',
            'state.merchant_fee_cents',
            'state.swap_fee_cents',
            'state.token_symbol',
            'state.token_decimals',
            'state.network',
            'state.received_base_units',
            'state.flags',
            'known.search_text',
            'state.created_at',
            'state.learned_at as updated_at',
          ])
          // Its transaction is not told before its money was.
          .select([
            sql`case when state.received_base_units is not null then known.tx_hash end`.as(
              'tx_hash',
            ),
            sql`case when state.received_base_units is not null then known.sender_address end`.as(
              'sender_address',
            ),
          ])
          .where(sql<boolean>`state.learned_at <= ${asOf}::timestamptz`)
          .where(sql<boolean>`state.superseded_at > ${asOf}::timestamptz`)
          // Nothing was known before it was made, but for clocks that differ: what came after is passed over.
          .where(sql<boolean>`state.created_at <= ${asOf}::timestamptz + interval '1 day'`),
    )
    .selectFrom('payment')
    .selectAll()
    .toOperationNode().with
  if (past === undefined) throw new Error('The past was lost.')
  return new WithPast(past)
}

class WithPast implements KyselyPlugin {
  readonly #past: WithNode

  constructor(past: WithNode) {
    this.#past = past
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'SelectQueryNode') return node
    const others = node.with?.expressions ?? []
    const all = others.reduce(
      (joined, expression) => WithNode.cloneWithExpression(joined, expression),
      this.#past,
    )
    return { ...node, with: all }
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  }
}
