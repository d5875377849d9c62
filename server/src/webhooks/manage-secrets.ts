import { sql } from 'kysely'
import {
  isVerifying,
  rotationDaysMax,
  secretState,
  type SecretState,
} from '@desk/shared/webhooks/webhook-secret'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { secretIdOf } from './verify-signature.ts'
import { insertSecret, lockSecret, setSecretEnd } from './webhook-secrets.queries.ts'

/** On whose behalf, and what secrets are kept with. */
export interface SecretChange {
  readonly db: Db
  readonly by: Attribution
  readonly actor: Pick<Actor, 'userId'>
  readonly webhooks: Pick<Context['webhooks'], 'environmentIds' | 'sealer' | 'forgetSecrets'>
}

interface TypedSecret {
  readonly label: string
  readonly secret: string
}

/** Has what arrives verified by one more secret. Refuses with `secret_known` where it is already. */
export async function addSecret(change: SecretChange, typed: TypedSecret): Promise<{ id: string }> {
  return changing(change, async (trx) => {
    const id = await keep(trx, change, typed)
    await recordAudit(trx, change.by, {
      action: 'webhook.add_secret',
      subject: { kind: 'webhook_secret', id, label: typed.label },
      after: { lastFour: typed.secret.slice(-4) },
    })
    return { id }
  })
}

interface Rotation extends TypedSecret {
  readonly id: string
  readonly oldVerifiesUntil: Date
}

/**
 * Adds the new one and sets the end of the old, in one. Refuses with `secret_unknown`, `secret_known`,
 * `secret_ended` and `end_out_of_range`.
 */
export async function rotateSecret(
  change: SecretChange,
  rotation: Rotation,
): Promise<{ id: string }> {
  const { id: oldId, label, secret, oldVerifiesUntil } = rotation
  refuseFarEnd(oldVerifiesUntil, change.by.at)
  return changing(change, async (trx) => {
    const old = await verifyingSecret(trx, change, oldId)
    const id = await keep(trx, change, { label, secret })
    await setSecretEnd(trx, oldId, { verifiesUntil: oldVerifiesUntil, by: change.actor.userId })
    await recordAudit(trx, change.by, {
      action: 'webhook.rotate_secret',
      subject: { kind: 'webhook_secret', id, label },
      before: { secret: oldId, label: old.label, verifiesUntil: old.verifies_until },
      after: { lastFour: secret.slice(-4), oldVerifiesUntil },
    })
    return { id }
  })
}

/**
 * Sets until when one verifies: null until somebody says otherwise, `by.at` for at once. Refuses with
 * `secret_unknown`, `secret_ended`, `end_out_of_range`, and with `last_secret` where nothing would verify
 * what arrives afterwards.
 */
export async function endSecret(
  change: SecretChange,
  { id, verifiesUntil }: { readonly id: string; readonly verifiesUntil: Date | null },
): Promise<void> {
  if (verifiesUntil !== null) refuseFarEnd(verifiesUntil, change.by.at)
  await changing(change, async (trx) => {
    const own = await verifyingSecret(trx, change, id)
    if (verifiesUntil !== null) await refuseLast(trx, change, id)
    await setSecretEnd(trx, id, { verifiesUntil, by: change.actor.userId })
    await recordAudit(trx, change.by, {
      action: 'webhook.end_secret',
      subject: { kind: 'webhook_secret', id, label: own.label },
      before: { verifiesUntil: own.verifies_until },
      after: { verifiesUntil },
    })
  })
}

/** One change at a time over all Desks; this one's cache forgets at once, the others are told. */
async function changing<T>(
  { db, webhooks }: SecretChange,
  change: (trx: Trx) => Promise<T>,
): Promise<T> {
  const changed = await db.transaction().execute(async (trx) => {
    await sql`lock table webhook_secret in share row exclusive mode`.execute(trx)
    await publish(trx, { kind: 'webhook_secrets.changed' })
    return change(trx)
  })
  webhooks.forgetSecrets()
  return changed
}

async function keep(
  trx: Trx,
  change: SecretChange,
  { label, secret }: TypedSecret,
): Promise<string> {
  const id = secretIdOf(secret)
  const known = await lockSecret(trx, id)
  if (known && isVerifying(stateOf(known, change))) {
    const message = `Desk has this secret already, as “${known.label}”.`
    throw new Refusal('conflict', 'secret_known', message)
  }
  const { actor, by, webhooks } = change
  const sealed = webhooks.sealer.seal(secret, id)
  const added = { id, label, lastFour: secret.slice(-4), sealed, addedAt: by.at }
  await insertSecret(trx, added, actor.userId)
  return id
}

async function verifyingSecret(trx: Trx, change: SecretChange, id: string) {
  const own = await lockSecret(trx, id)
  if (!own) throw new Refusal('not_found', 'secret_unknown', 'Desk has no such webhook secret.')
  if (!isVerifying(stateOf(own, change))) {
    const message = 'It verifies nothing any more. Add it again to use it.'
    throw new Refusal('conflict', 'secret_ended', message)
  }
  return own
}

type Terms = NonNullable<Awaited<ReturnType<typeof lockSecret>>>

function stateOf(
  { id, source, verifies_until: verifiesUntil }: Pick<Terms, 'id' | 'source' | 'verifies_until'>,
  { by, webhooks }: SecretChange,
): SecretState {
  const isInEnvironment = webhooks.environmentIds.has(id)
  return secretState({ source, isInEnvironment, verifiesUntil }, by.at)
}

async function refuseLast(trx: Trx, change: SecretChange, id: string): Promise<void> {
  const others = await trx
    .selectFrom('webhook_secret')
    .select(['id', 'source', 'verifies_until'])
    .where('id', '<>', id)
    .execute()
  if (others.some((other) => stateOf(other, change) === 'verifies')) return
  const message =
    'It is the only one without an end: afterwards every webhook would be refused. Rotate it.'
  throw new Refusal('conflict', 'last_secret', message)
}

const dayMs = 86_400_000

function refuseFarEnd(end: Date, now: Date): void {
  const aheadMs = end.getTime() - now.getTime()
  if (aheadMs >= 0 && aheadMs <= rotationDaysMax * dayMs) return
  const message = `The old secret can go on for ${rotationDaysMax} days at most, and not end in the past.`
  throw new Refusal('invalid', 'end_out_of_range', message)
}
