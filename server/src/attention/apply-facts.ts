import { attentionFactsOf } from '@desk/shared/attention/attention-facts'
import { attentionKindText, type FactKind, factKinds } from '@desk/shared/attention/attention-kind'
import {
  itemAfter,
  type ItemState,
  type ItemStep,
  type PresentFact,
  stepOf,
} from '@desk/shared/attention/item-state'
import type { PaymentId } from '@desk/shared/payments/payment'
import { type Insertable, sql } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { toCents } from '../payments/payment-row.ts'
import { insertEvents } from './attention-events.queries.ts'
import type { NamedPayment } from './judged-payments.queries.ts'

/**
 * Opens, refreshes and closes the items of these payments after what they say now; doing it again changes
 * nothing. Answers how many items changed. One caller at a time: see the sweep.
 */
export async function applyFacts(
  trx: Trx,
  payments: readonly NamedPayment[],
  at: Date,
): Promise<number> {
  const known = await lockFactItems(
    trx,
    payments.map(({ id }) => id),
  )
  const moves = payments.flatMap((payment) => {
    const facts = attentionFactsOf(payment, at.getTime())
    return factKinds.flatMap((kind) => {
      const present = facts.find((fact) => fact.kind === kind) ?? null
      return moveOf(known.get(keyOf(payment.id, kind)) ?? null, present, {
        paymentId: payment.id,
        kind,
        since: present?.since ?? null,
      })
    })
  })
  if (moves.length === 0) return 0
  const ids = await writeMoves(trx, moves, at)
  const told = moves.flatMap(({ step, paymentId, kind }) => {
    const what = toldAs[step]
    const itemId = ids.get(keyOf(paymentId, kind))
    if (what === null || itemId === undefined) return []
    const isOpened = what !== 'closed'
    return [
      {
        item_id: itemId,
        what,
        at,
        ...(isOpened && { assignee_role: attentionKindText[kind].queue }),
      },
    ]
  })
  await insertEvents(trx, told)
  const [first, ...others] = new Set(moves.map(({ paymentId }) => paymentId))
  const isOne = first !== undefined && others.length === 0
  await publish(trx, { kind: 'attention.changed', paymentId: isOne ? first : null })
  return moves.length
}

interface Move {
  readonly paymentId: PaymentId
  readonly kind: FactKind
  readonly step: ItemStep
  readonly after: ItemState
  /** When the trouble began; null where nobody knows, or it is over. */
  readonly since: string | null
}

function moveOf(
  item: ItemState | null,
  present: PresentFact | null,
  of: Pick<Move, 'paymentId' | 'kind' | 'since'>,
): Move[] {
  const [step, after] = [stepOf(item, present), itemAfter(item, present)]
  return step === null || after === null ? [] : [{ ...of, step, after }]
}

/** What the item's history says of a step; some are nobody's news. */
const toldAs = {
  open: 'opened',
  reopen: 'reopened',
  refresh: null,
  close: 'closed',
  forget: null,
} as const satisfies Record<ItemStep, 'opened' | 'reopened' | 'closed' | null>

async function lockFactItems(
  trx: Trx,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, ItemState>> {
  const rows = await trx
    .selectFrom('attention_item')
    .select(['payment_id', 'kind', 'state', 'fact', 'stake_cents'])
    .where(sql<boolean>`payment_id = any(${paymentIds}::text[])`)
    .where('kind', 'in', factKinds)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(
    rows.map(({ payment_id, kind, state, fact, stake_cents }) => [
      keyOf(payment_id, kind),
      { state, fact, stakeCents: toCents(stake_cents) },
    ]),
  )
}

/** Writes all of them in one statement; what people did to an item goes when it is opened anew. */
async function writeMoves(
  trx: Trx,
  moves: readonly Move[],
  at: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = moves.map(
    ({ paymentId, kind, after, since }): Insertable<Database['attention_item']> => ({
      payment_id: paymentId,
      kind,
      state: after.state,
      fact: after.fact,
      stake_cents: after.stakeCents,
      // A clock of SpacePay's that is ahead makes nothing younger than now.
      opened_at: since === null || Date.parse(since) > at.getTime() ? at : since,
      assignee_role: attentionKindText[kind].queue,
      resolved_at: after.state === 'resolved' ? at : null,
    }),
  )
  const written = await trx
    .insertInto('attention_item')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['payment_id', 'kind']).doUpdateSet((eb) => ({
        state: eb.ref('excluded.state'),
        fact: eb.ref('excluded.fact'),
        stake_cents: eb.ref('excluded.stake_cents'),
        // One that stays open keeps its age, one that stays resolved its end.
        opened_at: isReopened(sql`excluded.opened_at`, sql`attention_item.opened_at`),
        resolved_at: sql<Date | null>`case when excluded.state = 'open' then null
          else coalesce(attention_item.resolved_at, excluded.resolved_at) end`,
        resolved_by: keptWhileResolved('resolved_by'),
        resolved_because: keptWhileResolved('resolved_because'),
      })),
    )
    .returning(['id', 'payment_id', 'kind'])
    .execute()
  return new Map(written.map((row) => [keyOf(row.payment_id, row.kind), row.id]))
}

function isReopened(anew: ReturnType<typeof sql>, kept: ReturnType<typeof sql>) {
  return sql<Date>`case when attention_item.state = 'resolved' and excluded.state = 'open'
    then ${anew} else ${kept} end`
}

function keptWhileResolved(column: 'resolved_by' | 'resolved_because') {
  return sql<
    string | null
  >`case when excluded.state = 'resolved' then ${sql.ref(`attention_item.${column}`)} end`
}

function keyOf(paymentId: string, kind: string): string {
  return `${kind} ${paymentId}`
}
