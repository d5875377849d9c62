import type { ResolveRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ByPerson } from './address-book.ts'
import { differencesOf } from './advance-requests.ts'
import { adoptFound } from './learn-withdrawals.ts'
import { readBlocks } from './request-case.queries.ts'
import {
  lockRequest,
  moveRequest,
  requestName,
  type StoredRequest,
  subjectOf,
} from './request-store.ts'
import { readQuestion } from './request-votes.queries.ts'
import { holdSending } from './sending-lock.ts'
import { withdrawalAnswer } from './withdrawal-observations.ts'

/**
 * A named person says what became of a sending that nobody could tell, and what they rely on: this
 * withdrawal of SpacePay's, which is read and compared, or none. Nothing is ever sent again for it. Refuses
 * with `withdrawal_not_unknown`, `withdrawal_not_found`, `withdrawal_is_another`, `withdrawal_not_looked_for`,
 * `withdrawal_being_looked_for` and `resolving_blocked`.
 */
export async function resolveByPerson(
  settling: Settling,
  resolution: ResolveRequestInput,
): Promise<void> {
  // Nobody calls it absent while Desk is asking SpacePay for it, or even sends it again.
  const isAlone = await holdSending(settling.db, resolution.id, () => settle(settling, resolution))
  if (isAlone) return
  throw new Refusal(
    'conflict',
    'withdrawal_being_looked_for',
    'Desk is asking SpacePay for it right now. Try again in a minute.',
  )
}

async function settle(
  { db, gateway, by }: Settling,
  { id, outcome, evidence }: ResolveRequestInput,
): Promise<void> {
  const adopted =
    outcome.kind === 'adopt' ? await readUpstream(gateway, outcome.withdrawalId) : null
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, id)
    if (request.state !== 'unknown') {
      throw new Refusal(
        'conflict',
        'withdrawal_not_unknown',
        'Only what is unknown can be resolved.',
      )
    }
    await refuseResolver(trx, request, by)
    if (adopted === null) await refuseUnlooked(trx, request)
    else {
      refuseAnother(request, adopted.value)
      await refuseTaken(trx, request, adopted.value.id)
    }
    await trx
      .updateTable('withdrawal_attempt')
      .set({
        state: adopted === null ? 'absent' : 'found',
        ended_at: by.at,
        next_look_up_at: null,
        resolved_by: by.actor.userId,
        evidence,
      })
      .where('request_id', '=', id)
      .where('state', '=', 'unclear')
      .execute()
    await moveRequest(trx, request, {
      to: adopted === null ? 'failed' : 'submitted',
      reason: adopted === null ? 'It never reached SpacePay: settled by a person.' : null,
      set: { withdrawal_id: adopted?.value.id ?? null },
      event: {
        kind: 'resolved',
        actorUserId: by.actor.userId,
        at: by.at,
        detail: { outcome: outcome.kind, evidence },
      },
    })
    await recordAudit(trx, by, {
      action: 'withdrawal.resolve',
      subject: subjectOf(request),
      reason: evidence,
      after: outcome,
    })
  })
  if (adopted !== null) {
    const answer = withdrawalAnswer({ ...adopted, askedAt: by.at, answeredAt: adopted.readAt })
    await db.transaction().execute((trx) => adoptFound(trx, answer))
  }
}

interface Settling {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'getWithdrawal'>
  readonly by: ByPerson
}

type Upstream = Awaited<ReturnType<Gateway['getWithdrawal']>>

async function readUpstream(
  gateway: Pick<Gateway, 'getWithdrawal'>,
  withdrawalId: string,
): Promise<Upstream> {
  try {
    return await gateway.getWithdrawal(withdrawalId)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    throw new Refusal(
      'invalid',
      'withdrawal_not_found',
      error.outcome === 'not_found'
        ? 'SpacePay has no withdrawal with this id.'
        : `SpacePay could not be asked for it: ${error.message}`,
    )
  }
}

/** Who asked, by whatever account, does not settle it; nor who approved it where somebody else could. */
async function refuseResolver(trx: Trx, request: StoredRequest, by: ByPerson): Promise<void> {
  const question = await readQuestion(trx, request, [by.actor.userId])
  const viewer = { actor: by.actor, at: by.at }
  const { resolve: block } = await readBlocks(trx, request, { question, viewer })
  if (block !== null) throw new Refusal('forbidden', 'resolving_blocked', block)
}

/** That it is not there is no more than a guess before Desk itself has read SpacePay's list to its end. */
async function refuseUnlooked(trx: Trx, request: StoredRequest): Promise<void> {
  const looked = await trx
    .selectFrom('withdrawal_attempt')
    .select('id')
    .where('request_id', '=', request.id)
    .where('state', '=', 'unclear')
    .where('looked_up_at', 'is not', null)
    .executeTakeFirst()
  if (looked) return
  throw new Refusal(
    'conflict',
    'withdrawal_not_looked_for',
    'Desk has not looked for it at SpacePay yet. Try again in a minute.',
  )
}

async function refuseTaken(trx: Trx, request: StoredRequest, withdrawalId: string): Promise<void> {
  const other = await trx
    .selectFrom('withdrawal_request')
    .select('number')
    .where('withdrawal_id', '=', withdrawalId)
    .where('id', '!=', request.id)
    .executeTakeFirst()
  if (!other) return
  const message = `That withdrawal is the one of ${requestName(other.number)} already.`
  throw new Refusal('invalid', 'withdrawal_is_another', message)
}

/** Only the very withdrawal that was approved can be taken for it. */
function refuseAnother(
  request: Parameters<typeof differencesOf>[0] & { readonly order_id: string },
  value: Upstream['value'],
): void {
  const differences = [
    ...differencesOf(request, {
      amount_cents: value.amountCents,
      currency: value.currency,
      network: value.network,
      recipient_address: value.recipientAddress,
    }),
    ...(value.orderId === null || value.orderId === request.order_id ? [] : ['order id']),
  ]
  if (differences.length === 0) return
  throw new Refusal(
    'invalid',
    'withdrawal_is_another',
    `That withdrawal has another ${differences.join(' and ')} than was approved.`,
  )
}
