import type { Role } from '@desk/shared/identity/roles'
import { permissionsOf } from '@desk/shared/identity/permissions'
import { userId } from '@desk/shared/identity/session'
import type { PaymentId } from '@desk/shared/payments/payment'
import { paymentId } from '@desk/shared/payments/payment'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { learn } from '../payments/apply-projection.ts'
import { insertPayments } from '../payments/payment-rows.fixtures.ts'
import { apiAnswer, wirePayment, wireQuote, wireReceipt } from '../payments/observation.fixtures.ts'
import { sweepOnce } from './sweep.ts'

const createCaller = createCallerFactory(appRouter)

export const noon = new Date('2026-11-23T12:00:00.000Z')

export function minutesLater(minutes: number): Date {
  return new Date(noon.getTime() + minutes * 60_000)
}

export const orderA = paymentId.parse('pay_a')
export const orderB = paymentId.parse('pay_b')

/** Somebody of the team, who is in the database too. */
export async function colleague(owner: Db, name: string, roles: readonly Role[]): Promise<Actor> {
  const id = `u_${name.toLowerCase()}`
  const email = `${name.toLowerCase()}@shop.example`
  await owner.insertInto('person').values({ id, name, email, created_at: noon }).execute()
  for (const role of roles) {
    await owner.insertInto('person_role').values({ user_id: id, role, granted_at: noon }).execute()
  }
  return {
    ...actorWith(roles),
    userId: userId.parse(id),
    name,
    email,
    permissions: permissionsOf(roles),
  }
}

/** What this person can call, at a time of the test's choosing. */
export function callsOf(db: Db, actor: Actor, at: Date = noon) {
  return createCaller({ ...contextOf(db, actor), now: () => at })
}

export async function twoOrders(owner: Db): Promise<void> {
  await insertPayments(owner, [
    { id: orderA, order_id: 'ORDER-1', amount_cents: 14_999 },
    { id: orderB, order_id: 'ORDER-2', amount_cents: 2_000 },
  ])
}

/** The API told this about a payment; `seconds` into its life. */
export async function told(db: Db, id: string, answer: Answer = {}): Promise<void> {
  const { seconds = 100, status = 'completed', received = '150740000' } = answer
  const raw = wirePayment({
    id,
    status,
    orderId: `ORDER-${id}`,
    quotes: [wireQuote({ status: 'used' })],
    receipt: received === null ? null : wireReceipt({ settledAmountAsset: received }),
  })
  await db.transaction().execute((trx) => learn(trx, [apiAnswer(seconds, raw)]))
}

interface Answer {
  readonly seconds?: number
  readonly status?: string
  /** Base units; 150740000 were asked for. Null while nothing came. */
  readonly received?: string | null
}

/** Sweeps until nothing is left to judge. */
export async function sweepAll(db: Db, at: Date = noon): Promise<void> {
  while (await sweepOnce({ db, now: () => at }));
}

export async function openItems(db: Db, id?: PaymentId | string) {
  return db
    .selectFrom('attention_item')
    .select(['payment_id', 'kind', 'stake_cents', 'assignee_role'])
    .where('state', '=', 'open')
    .$if(id !== undefined, (found) => found.where('payment_id', '=', id ?? ''))
    .orderBy('payment_id')
    .orderBy('kind')
    .execute()
}
