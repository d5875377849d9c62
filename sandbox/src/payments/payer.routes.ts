import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { findChain, type Profile } from '../registry/chains.ts'
import { defaultTokenId, findTokenAt, type Token, tokenOf, tokensOf } from '../registry/tokens.ts'
import { ApiError, invalidParameter, notFound, unauthorized } from '../wire/api-error.ts'
import { addFaultHooks } from '../wire/fault-hooks.ts'
import { readInput } from '../wire/read-input.ts'
import { isSameText } from '../wire/secret-key-scope.ts'
import type { World } from '../world.ts'
import { savePayment } from './advance-payment.ts'
import { newQuote } from './open-payment.ts'
import type { PaymentRecord, QuoteRecord } from './payment-record.ts'
import { viewOf } from './payments.routes.ts'
import { seedPaymentJson, seedQuoteJson } from './seed-payment.ts'
import { paymentJson, type PaymentView, quoteJson, quoteStatus } from './serialise-payment.ts'

const chainReference = z.union([z.int(), z.string().max(41)])

export const quoteWish = z.object({
  contractAddress: z.string().max(100).optional(),
  chainId: chainReference.optional(),
  /** Deposits only. */
  forceDepositAmount: z.int().min(1).max(100_000_000).optional(),
})

export const refreshWish = z.object({
  transactionHash: z.string().max(100).optional(),
  chainId: chainReference.optional(),
  tokenContractAddress: z.string().max(100).optional(),
})

type ForPayment = FastifyRequest<{ Params: { paymentId: string } }>

/** What a payer's page may do with the payment secret. */
export function payerRoutes(scope: FastifyInstance, world: World): void {
  const base = '/payments/:paymentId'
  addFaultHooks(scope, world)

  scope.get(base, { config: { operation: 'payer.get' } }, (request: ForPayment) =>
    shownToPayer(paymentOf(world, request), viewOf(world)),
  )

  scope.get(`${base}/status`, { config: { operation: 'payer.status' } }, (request: ForPayment) =>
    statusJson(paymentOf(world, request)),
  )

  scope.get(`${base}/quotes`, { config: { operation: 'payer.quotes' } }, (request: ForPayment) => {
    const payment = paymentOf(world, request)
    return payment.quotes
      .filter((quote) => quoteStatus(payment, quote, world.clock.now()) === 'active')
      .map((quote) => shownQuote(payment, quote, viewOf(world)))
  })

  scope.post(
    `${base}/quotes`,
    { config: { operation: 'payer.quote' } },
    (request: ForPayment, reply) => {
      const payment = paymentOf(world, request)
      const wish = readInput(quoteWish, request.body ?? {})
      const { quoted, quote } = quotePayment(world, payment, {
        token: wantedToken(wish, world.settings.profile),
        depositCents: wish.forceDepositAmount ?? null,
      })
      return reply.code(201).send(shownQuote(quoted, quote, viewOf(world)))
    },
  )

  scope.post(
    `${base}/refresh-status`,
    { config: { operation: 'payer.refresh' } },
    (request: ForPayment) => {
      const payment = paymentOf(world, request)
      readInput(refreshWish, request.body)
      world.agenda.runDue()
      return statusJson(world.payments.find(payment.id) ?? payment)
    },
  )
}

/**
 * Makes the payer's choice of token the leading quote: the one still active for that token as it
 * stands, or a new one. Refuses when the payment can no longer be paid.
 */
export function quotePayment(
  world: World,
  payment: PaymentRecord,
  choice: { readonly token: Token; readonly depositCents: number | null },
): { quoted: PaymentRecord; quote: QuoteRecord } {
  if (payment.status !== 'pending') {
    throw new ApiError(
      { status: 400, type: 'invalid_request_error', code: 'payment_not_pending' },
      `The payment is ${payment.status}.`,
    )
  }
  const now = world.clock.now()
  const active = payment.quotes.find(
    (quote) =>
      quote.tokenId === choice.token.id &&
      choice.depositCents === null &&
      quoteStatus(payment, quote, now) === 'active',
  )
  const quote =
    active ??
    (choice.depositCents !== null && payment.type === 'deposit'
      ? { ...newQuote(choice.token, 0, now), dueCents: choice.depositCents }
      : newQuote(choice.token, payment.amountCents, now))
  const others = payment.quotes.filter((other) => other.id !== quote.id)
  const quoted = savePayment(world, { ...payment, quotes: [...others, quote] }, now)
  return { quoted, quote }
}

/** The payment named and opened by its own secret. */
export function paymentBySecret(world: World, id: string, secret: string | null): PaymentRecord {
  if (!secret) throw unauthorized('The X-SpacePay-Payment-Secret header is missing.')
  const payment = world.payments.find(id)
  if (!payment) throw notFound('payment_not_found', 'There is no such payment.')
  if (!isSameText(secret, payment.secret)) throw unauthorized('The payment secret is not valid.')
  return payment
}

function paymentOf(world: World, request: ForPayment): PaymentRecord {
  const secret = request.headers['x-spacepay-payment-secret']
  return paymentBySecret(
    world,
    request.params.paymentId,
    typeof secret === 'string' ? secret : null,
  )
}

/** The payment without what the merchant alone may know. */
export function shownToPayer(payment: PaymentRecord, view: PaymentView) {
  const shown = paymentJson(payment, { ...view, echoMetadata: false })
  const { amountMerchantNetCents: _, ...forPayer } =
    view.profile === 'seed' ? seedPaymentJson(payment, shown) : shown
  return forPayer
}

/** The quote as the sandbox's profile has it. */
export function shownQuote(payment: PaymentRecord, quote: QuoteRecord, view: PaymentView) {
  const shown = quoteJson(payment, quote, view)
  return view.profile === 'seed' ? seedQuoteJson(payment, shown) : shown
}

function statusJson(payment: PaymentRecord) {
  return { id: payment.id, status: payment.status }
}

function wantedToken(wish: z.infer<typeof quoteWish>, profile: Profile): Token {
  const tokens = tokensOf(profile)
  if (wish.chainId === undefined && wish.contractAddress === undefined) {
    return tokenOf({ tokenId: defaultTokenId })
  }
  if (wish.chainId === undefined) {
    const address = wish.contractAddress?.toLowerCase()
    const found = tokens.find((token) => token.contractAddress.toLowerCase() === address)
    if (!found) throw invalidParameter('contractAddress', 'No such token.')
    return found
  }
  const chain = findChain(wish.chainId, profile)
  if (!chain) throw invalidParameter('chainId', 'This chain is not supported.')
  const found =
    wish.contractAddress === undefined
      ? tokens.find((token) => token.chainId === chain.chainId)
      : findTokenAt(chain.chainId, wish.contractAddress)
  if (!found) throw invalidParameter('contractAddress', 'No such token on this chain.')
  return found
}
