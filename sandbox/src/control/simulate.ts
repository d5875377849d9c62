import * as z from 'zod'
import { actAsPayer, sendMore } from '../payments/advance-payment.ts'
import { type PayerOutcome, payerOutcomes, type PaymentRecord } from '../payments/payment-record.ts'
import { ApiError, notFound } from '../wire/api-error.ts'
import { finishWithdrawal } from '../withdrawals/advance-withdrawal.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import type { World } from '../world.ts'

export const withdrawalOutcomes = ['complete', 'fail', 'cancel'] as const
export const paymentAct = z.object({ outcome: z.enum(payerOutcomes) })
export const withdrawalEnd = z.object({ outcome: z.enum(withdrawalOutcomes) })

/** What a payer can still do with a payment in this state: everything while it is pending, then only send money. */
export function possibleOutcomes(payment: Pick<PaymentRecord, 'status'>): readonly PayerOutcome[] {
  return payment.status === 'pending' ? payerOutcomes : payerOutcomes.filter(isMoney)
}

/** Lets the payer do something now; refuses with 404 or 409. */
export function simulatePayer(
  world: World,
  id: string,
  { outcome }: z.infer<typeof paymentAct>,
): PaymentRecord {
  const payment = paymentOf(world, id)
  const act = { outcome, at: world.clock.now() }
  if (!possibleOutcomes(payment).includes(outcome)) throw notOpen('payment', payment.status)
  return payment.status === 'pending'
    ? actAsPayer(world, payment, act)
    : sendMore(world, payment, act)
}

/** Whether the withdrawal can still be ended by hand. */
export function isOpenWithdrawal({ status }: Pick<WithdrawalRecord, 'status'>): boolean {
  return status === 'pending' || status === 'processing'
}

/** Ends an open withdrawal now; refuses with 404 or 409. */
export function simulateWithdrawal(
  world: World,
  id: string,
  { outcome }: z.infer<typeof withdrawalEnd>,
): WithdrawalRecord {
  const withdrawal = world.withdrawals.find(id)
  if (!withdrawal) throw notFound('withdrawal_not_found', 'There is no such withdrawal.')
  if (!isOpenWithdrawal(withdrawal)) throw notOpen('withdrawal', withdrawal.status)
  return finishWithdrawal(world, withdrawal, { outcome, at: world.clock.now() })
}

/** The payment of either merchant, or 404. */
export function paymentOf(world: World, id: string): PaymentRecord {
  const payment = world.payments.find(id)
  if (!payment) throw notFound('payment_not_found', 'There is no such payment.')
  return payment
}

/** Money can always be sent, whatever became of the payment. */
function isMoney(outcome: PayerOutcome): boolean {
  return outcome !== 'expire' && outcome !== 'fail' && outcome !== 'two'
}

function notOpen(what: string, status: string): ApiError {
  return new ApiError(
    { status: 409, type: 'invalid_request_error', code: `${what}_not_open` },
    `The ${what} is ${status}; only an open one can be simulated.`,
  )
}
