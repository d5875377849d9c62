import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { actAsPayer, sendMore } from '../payments/advance-payment.ts'
import {
  hasSettledMoney,
  type PayerOutcome,
  payerOutcomes,
  type PaymentRecord,
} from '../payments/payment-record.ts'
import { chainOf } from '../registry/chains.ts'
import { tokenOf } from '../registry/tokens.ts'
import { ApiError, notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import { finishWithdrawal } from '../withdrawals/advance-withdrawal.ts'
import { withdrawalJson } from '../withdrawals/serialise-withdrawal.ts'
import type { World } from '../world.ts'

const paymentAct = z.object({ outcome: z.enum(payerOutcomes) })
const withdrawalEnd = z.object({ outcome: z.enum(['complete', 'fail', 'cancel']) })

/** Lets payers and the network do things: what each outcome leads to is the contract's test table. */
export function simulateRoutes(scope: FastifyInstance, world: World): void {
  scope.get<{ Params: { id: string } }>('/payments/:id', (request) =>
    insideJson(world, paymentOf(world, request.params.id)),
  )

  scope.post<{ Params: { id: string } }>('/payments/:id/simulate', (request) => {
    const { outcome } = readInput(paymentAct, request.body)
    const payment = paymentOf(world, request.params.id)
    const act = { outcome, at: world.clock.now() }
    if (payment.status === 'pending') return insideJson(world, actAsPayer(world, payment, act))
    if (!isMoney(outcome)) throw notOpen('payment', payment.status)
    return insideJson(world, sendMore(world, payment, act))
  })

  scope.post<{ Params: { id: string } }>('/withdrawals/:id/simulate', (request) => {
    const { outcome } = readInput(withdrawalEnd, request.body)
    const withdrawal = world.withdrawals.find(request.params.id)
    if (!withdrawal) throw notFound('withdrawal_not_found', 'There is no such withdrawal.')
    if (withdrawal.status !== 'pending' && withdrawal.status !== 'processing') {
      throw notOpen('withdrawal', withdrawal.status)
    }
    const ended = finishWithdrawal(world, withdrawal, { outcome, at: world.clock.now() })
    return withdrawalJson(ended, world.settings.profile)
  })
}

/** What the API does not tell: confirmations as they grow, and money that came too late. */
function insideJson(world: World, payment: PaymentRecord) {
  const { transaction } = payment
  const chain = transaction && chainOf(tokenOf(transaction))
  return {
    id: payment.id,
    status: payment.status,
    expiresAt: new Date(payment.expiresAt).toISOString(),
    plan: payment.plan,
    transaction: transaction &&
      chain && {
        ...transaction,
        confirmations: world.chains.confirmations(
          chain.chainId,
          transaction.block,
          world.clock.now(),
        ),
        requiredConfirmations: chain.requiredConfirmations,
      },
    strays: payment.strays,
    isPaidTooLate: payment.status === 'expired' && hasSettledMoney(payment),
  }
}

/** Money can always be sent, whatever became of the payment. */
function isMoney(outcome: PayerOutcome): boolean {
  return outcome !== 'expire' && outcome !== 'fail' && outcome !== 'two'
}

function paymentOf(world: World, id: string): PaymentRecord {
  const payment = world.payments.find(id)
  if (!payment) throw notFound('payment_not_found', 'There is no such payment.')
  return payment
}

function notOpen(what: string, status: string): ApiError {
  return new ApiError(
    { status: 409, type: 'invalid_request_error', code: `${what}_not_open` },
    `The ${what} is ${status}; only an open one can be simulated.`,
  )
}
