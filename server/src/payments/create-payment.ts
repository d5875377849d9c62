import { metadataText, type NewPaymentInput } from '@desk/shared/payments/new-payment'
import { type PaymentId, paymentId } from '@desk/shared/payments/payment'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { NewPayment } from '../gateway/gateway-requests.ts'
import type { CreatedPayment } from '../gateway/wire/created-payment.wire.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Sealer } from '../kernel/sealed.ts'
import { learn } from './apply-projection.ts'
import { apiObservation } from './observations.ts'
import {
  beginCreation,
  type Creation,
  findCreation,
  markMade,
  markRefused,
} from './payment-creation.queries.ts'

export interface CreateDependencies {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'createPayment'>
  readonly now: () => Date
  /** Keeps the link by which anybody can pay. */
  readonly sealer: Sealer
  readonly pause: (ms: number) => Promise<void>
}

/** Another request with the same attempt is under way at SpacePay: how often and how long to wait for it. */
const waits = { times: 20, ms: 250 } as const

/**
 * Has SpacePay make a payment, at most once for each attempt: a second click, a reload or a repeat after
 * a lost answer finds the first one. Refuses with `attempt_used`, `payment_refused` or, where SpacePay
 * gave no clear answer, `payment_unclear`; sending the same again is then safe.
 */
export async function createPayment(
  dependencies: CreateDependencies,
  { wish, askedBy }: { readonly wish: NewPaymentInput; readonly askedBy: string },
  by: Attribution,
): Promise<{ paymentId: PaymentId }> {
  const { db, gateway, now } = dependencies
  const known = await beginCreation(db, wish, { askedBy, at: by.at })
  const settled = known && settledBefore(known, wish, askedBy)
  if (settled) return settled
  const askedAt = now()
  try {
    const created = await gateway.createPayment(requestOf(wish), { idempotencyKey: wish.attempt })
    return await keep(dependencies, { wish, created, by, askedAt })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.outcome === 'conflict') return waitForOther(dependencies, wish, error)
    if (error.mayHaveTakenEffect || error.outcome !== 'refused') throw unclear(error)
    await markRefused(db, wish.attempt, { message: error.message, field: fieldOf(error.param) })
    throw refused(error.message, fieldOf(error.param))
  }
}

/** What the attempt has come to before; null where SpacePay is to be asked (again). */
function settledBefore(
  known: Creation,
  wish: NewPaymentInput,
  userId: string,
): { paymentId: PaymentId } | null {
  if (known.askedBy !== userId || known.wish !== JSON.stringify(wish)) {
    throw new Refusal(
      'conflict',
      'attempt_used',
      'This form was sent before with something else in it. Open a new one.',
    )
  }
  if (known.paymentId !== null) return { paymentId: paymentId.parse(known.paymentId) }
  if (known.refusal !== null) throw refused(known.refusal, known.refusedField)
  return null
}

async function keep(
  { db, now, sealer }: CreateDependencies,
  made: {
    readonly wish: NewPaymentInput
    readonly created: CreatedPayment
    readonly by: Attribution
    readonly askedAt: Date
  },
): Promise<{ paymentId: PaymentId }> {
  const { wish, created, by, askedAt } = made
  const id = paymentId.parse(created.payment.id)
  await db.transaction().execute(async (trx: Trx) => {
    const answer = { value: created.payment, raw: withMetadata(created.raw, wish), askedAt }
    await learn(trx, [apiObservation({ ...answer, answeredAt: now() })])
    const isFirst = await markMade(trx, wish.attempt, {
      paymentId: id,
      sealedLink: created.paymentUrl === null ? null : sealer.seal(created.paymentUrl, id),
    })
    // Two requests of one attempt may both be answered; it is one payment and one entry.
    if (!isFirst) return
    await recordAudit(trx, by, {
      action: 'payment.create',
      subject: { kind: 'payment', id, label: wish.orderId },
      after: {
        type: wish.type,
        amountCents: wish.amountCents,
        orderId: wish.orderId,
        madeFrom: wish.madeFrom,
      },
    })
  })
  return { paymentId: id }
}

/** The first request of the attempt is still being answered, here or at another Desk. */
async function waitForOther(
  { db, pause }: CreateDependencies,
  wish: NewPaymentInput,
  error: GatewayError,
): Promise<{ paymentId: PaymentId }> {
  for (let time = 0; time < waits.times; time += 1) {
    await pause(waits.ms)
    const known = await findCreation(db, wish.attempt)
    if (known?.paymentId != null) return { paymentId: paymentId.parse(known.paymentId) }
    if (known?.refusal != null) throw refused(known.refusal, known.refusedField)
  }
  throw unclear(error)
}

function requestOf(wish: NewPaymentInput): NewPayment {
  const customMetadata = metadataText(wish.metadata)
  return {
    type: wish.type,
    orderId: wish.orderId,
    ...(wish.amountCents !== null && { amountCents: wish.amountCents }),
    ...(wish.redirectUrl !== null && { redirectUrl: wish.redirectUrl }),
    ...(customMetadata !== null && { customMetadata }),
    ...(wish.customerRefId !== null && { customerRefId: wish.customerRefId }),
  }
}

/** No published source repeats the metadata on payments, so what was sent stands in where it is not told. */
function withMetadata(raw: unknown, wish: NewPaymentInput): unknown {
  const customMetadata = metadataText(wish.metadata)
  if (customMetadata === null || typeof raw !== 'object' || raw === null) return raw
  return 'customMetadata' in raw ? raw : { ...raw, customMetadata }
}

/** SpacePay's names for the fields of the form. */
function fieldOf(param: string | null): string | null {
  if (param === 'amount') return 'amountCents'
  return param === 'customMetadata' ? 'metadata' : param
}

function refused(message: string, field: string | null): Refusal {
  return new Refusal(
    'invalid',
    field === null ? 'payment_refused' : `payment_refused.${field}`,
    `SpacePay refused it: ${message}`,
  )
}

function unclear(error: GatewayError): Refusal {
  return new Refusal(
    'conflict',
    'payment_unclear',
    `SpacePay gave no clear answer (${error.message}). Send it again as it is: it is made at most once.`,
  )
}
