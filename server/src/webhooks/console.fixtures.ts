import { userId } from '@desk/shared/identity/session'
import type { Role } from '@desk/shared/identity/roles'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { digestOnce } from './digest.ts'
import { processDeliveries } from './process-webhooks.ts'
import { createWebhookReceiver } from './receive-webhook.ts'
import { type Delivery, signed, signedAt, vector } from './signing.fixtures.ts'
import { secretIdOf } from './verify-signature.ts'

const createCaller = createCallerFactory(appRouter)

export const secretId = secretIdOf(vector.secret)

export function secondsLater(seconds: number): Date {
  return new Date(signedAt.getTime() + seconds * 1000)
}

/** A body as SpacePay sends it; `seconds` after the moment the vector was signed. */
export function eventBody(changes: object, seconds = 0): string {
  const payment = {
    id: 'pay_a',
    type: 'payment',
    status: 'pending',
    currency: 'USD',
    amountInCents: 14_999,
    ...changes,
  }
  const timestamp = secondsLater(seconds).toISOString()
  return JSON.stringify({ type: 'payment.updated', data: { payment }, timestamp })
}

/** Has Desk receive these deliveries, each signed and arriving `seconds` after the vector was. */
export async function receiveAll(
  db: Db,
  deliveries: readonly (Delivery & { readonly seconds?: number })[],
): Promise<readonly number[]> {
  const answers: number[] = []
  for (const { seconds = 0, ...delivery } of deliveries) {
    const at = secondsLater(seconds)
    const receiver = createWebhookReceiver({
      db,
      secrets: () => [vector.secret],
      now: () => at,
      log: quietLog,
      onStored: () => undefined,
    })
    const timestamp = String(Math.floor(at.getTime() / 1000))
    answers.push((await receiver.receive(signed({ timestamp, ...delivery }))).status)
  }
  return answers
}

/** Works through what waits, `seconds` after the vector was signed. */
export async function processAll(db: Db, seconds = 1): Promise<void> {
  const now = () => secondsLater(seconds)
  const processing = {
    db,
    now,
    log: quietLog,
    requestRefresh: async () => undefined,
    requestWithdrawalRefresh: async () => undefined,
  }
  while ((await processDeliveries(processing, 200)) > 0);
}

export async function digestAll(db: Db, seconds = 1): Promise<void> {
  const now = () => secondsLater(seconds)
  while (await digestOnce({ db, now }));
}

/** Somebody with these roles who is in the database too. */
export async function personWith(owner: Db, roles: readonly Role[]): Promise<Actor> {
  const actor = { ...actorWith(roles), userId: userId.parse(`u_${roles.join('_')}`) }
  const { userId: id, name, email } = actor
  await owner
    .insertInto('person')
    .values({ id, name, email: `${id}.${email}`, created_at: signedAt })
    .execute()
  return actor
}

/** What this person can do in the console, `seconds` after the vector was signed. */
export function consoleOf(db: Db, actor: Actor, seconds = 60) {
  return createCaller({
    ...contextOf(db, actor),
    now: () => secondsLater(seconds),
    webhooks: {
      ...contextOf(db, actor).webhooks,
      secrets: async () => [
        { id: secretIdOf('whsec_older'), label: 'Older', value: 'whsec_older' },
        { id: secretId, label: 'Main', value: vector.secret },
      ],
    },
  }).webhooks
}
