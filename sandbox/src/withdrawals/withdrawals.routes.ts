import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { addressFault } from '../chain/evm-address.ts'
import { findChain, isEvm } from '../registry/chains.ts'
import { amountRefused, invalidParameter, notFound, unprocessable } from '../wire/api-error.ts'
import { pageJson, pageQuery } from '../wire/pagination.ts'
import { readInput } from '../wire/read-input.ts'
import { merchantBehind } from '../wire/secret-key-scope.ts'
import type { World } from '../world.ts'
import { saveWithdrawal } from './advance-withdrawal.ts'
import { withdrawalJson } from './serialise-withdrawal.ts'
import { availableCents, balancesJson } from './wallet-balance.ts'
import { type WithdrawalRecord, withdrawalStatuses } from './withdrawal-record.ts'

export const AMOUNT_MIN_CENTS = 100
export const AMOUNT_MAX_CENTS = 100_000_000
/** It leaves `pending` after this many two-second blocks. */
const SEND_BLOCKS = 2

export const newWithdrawal = z.object({
  amountInCents: z.number().refine(Number.isInteger, 'must be a whole number of cents'),
  chainId: z.union([z.int(), z.string().max(41)], 'must be a chain id'),
  recipientAddress: z.string().max(100),
  orderId: z.string().max(255).nullish(),
  currency: z.literal('USD', 'must be USD').optional(),
  customMetadata: z.string('must be a string holding JSON').max(2_048).nullish(),
})

export const withdrawalQuery = z.object({
  status: z.enum(withdrawalStatuses).optional(),
  ...pageQuery,
})

/** The merchant's withdrawals and the wallet they are paid from. */
export function withdrawalRoutes(scope: FastifyInstance, world: World): void {
  const { profile } = world.settings

  scope.post('/withdrawals', { config: { operation: 'withdrawals.create' } }, (request, reply) => {
    const wish = readInput(newWithdrawal, request.body)
    const chain = findChain(wish.chainId, profile)
    // Withdrawals are documented for EVM networks only.
    if (!chain || !isEvm(chain)) throw invalidParameter('chainId', 'This chain is not supported.')
    const known = { ...wish, chainId: chain.chainId, merchantId: merchantBehind(request).id }
    refuseUnpayable(world, known)
    const withdrawal = saveWithdrawal(world, accepted(world, request, known))
    return reply.code(201).send(withdrawalJson(withdrawal, profile))
  })

  // The order is not documented; newest first is our choice.
  scope.get('/withdrawals', { config: { operation: 'withdrawals.list' } }, (request) => {
    const query = readInput(withdrawalQuery, request.query)
    const found = world.withdrawals
      .all()
      .filter((withdrawal) => withdrawal.merchantId === merchantBehind(request).id)
      .filter((withdrawal) => query.status === undefined || withdrawal.status === query.status)
      .toReversed()
    const rows = found.slice(query.offset, query.offset + query.limit)
    return pageJson(
      rows.map((withdrawal) => withdrawalJson(withdrawal, profile)),
      found.length,
      query,
    )
  })

  scope.get<{ Params: { withdrawalId: string } }>(
    '/withdrawals/:withdrawalId',
    { config: { operation: 'withdrawals.get' } },
    (request) => {
      const withdrawal = world.withdrawals.find(request.params.withdrawalId)
      if (withdrawal?.merchantId !== merchantBehind(request).id) {
        throw notFound('withdrawal_not_found', 'There is no such withdrawal.')
      }
      return withdrawalJson(withdrawal, profile)
    },
  )

  scope.get('/wallet/balances', { config: { operation: 'wallet.balances' } }, (request) =>
    balancesJson(world, merchantBehind(request)),
  )
}

type Wish = Omit<z.infer<typeof newWithdrawal>, 'chainId'> & {
  readonly chainId: number
  readonly merchantId: string
}

function accepted(world: World, request: FastifyRequest, wish: Wish): WithdrawalRecord {
  const now = world.clock.now()
  const key = request.headers['idempotency-key']
  return {
    id: randomUUID(),
    merchantId: wish.merchantId,
    status: 'pending',
    amountCents: wish.amountInCents,
    chainId: wish.chainId,
    recipientAddress: wish.recipientAddress,
    orderId: wish.orderId ?? null,
    customMetadata: wish.customMetadata ?? null,
    errorMessage: null,
    createdAt: now,
    updatedAt: now,
    transaction: null,
    sendAt: Math.round(now + SEND_BLOCKS * world.settings.blockMs),
    willFail: wish.orderId?.endsWith('-FAIL') ?? false,
    request: {
      idempotencyKey: typeof key === 'string' ? key : null,
      bodySha256: request.bodySha256,
    },
  }
}

const addressMessages = {
  not_an_address: 'recipientAddress must be 0x and 40 hex digits',
  wrong_checksum: 'recipientAddress has a wrong checksum',
  zero_address: 'recipientAddress is the zero address',
} as const

function refuseUnpayable(world: World, wish: Wish): void {
  if (!world.switches.get().withdrawalsEnabled) {
    throw unprocessable('withdrawals_disabled', 'Withdrawals are not enabled for this merchant.')
  }
  if (wish.amountInCents < AMOUNT_MIN_CENTS || wish.amountInCents > AMOUNT_MAX_CENTS) {
    throw amountRefused(
      world.settings.profile,
      'amountInCents',
      `must be from ${AMOUNT_MIN_CENTS} to ${AMOUNT_MAX_CENTS}`,
    )
  }
  const fault = addressFault(wish.recipientAddress)
  if (fault) {
    throw unprocessable('invalid_recipient_address', addressMessages[fault], 'recipientAddress')
  }
  if (wish.amountInCents > availableCents(world, wish)) {
    throw unprocessable(
      'insufficient_funds',
      'The payout wallet does not hold enough on this chain.',
      'amountInCents',
    )
  }
}
