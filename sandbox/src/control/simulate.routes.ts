import type { FastifyInstance } from 'fastify'
import { hasSettledMoney, type PaymentRecord } from '../payments/payment-record.ts'
import { chainOf } from '../registry/chains.ts'
import { tokenOf } from '../registry/tokens.ts'
import { readInput } from '../wire/read-input.ts'
import { withdrawalJson } from '../withdrawals/serialise-withdrawal.ts'
import type { World } from '../world.ts'
import {
  paymentAct,
  paymentOf,
  simulatePayer,
  simulateWithdrawal,
  withdrawalEnd,
} from './simulate.ts'

/** Lets payers and the network do things: what each outcome leads to is the contract's test table. */
export function simulateRoutes(scope: FastifyInstance, world: World): void {
  scope.get<{ Params: { id: string } }>('/payments/:id', (request) =>
    insideJson(world, paymentOf(world, request.params.id)),
  )

  scope.post<{ Params: { id: string } }>('/payments/:id/simulate', (request) => {
    const act = readInput(paymentAct, request.body)
    return insideJson(world, simulatePayer(world, request.params.id, act))
  })

  scope.post<{ Params: { id: string } }>('/withdrawals/:id/simulate', (request) => {
    const end = readInput(withdrawalEnd, request.body)
    const ended = simulateWithdrawal(world, request.params.id, end)
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
