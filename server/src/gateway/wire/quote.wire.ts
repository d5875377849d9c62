import { decimalToBaseUnits } from '@desk/shared/money/base-units'
import type { QuoteSnapshot, TokenSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { chainIdField } from './chain-id.ts'
import { networkOfToken, readToken, tokenField } from './token.wire.ts'
import {
  baseUnitsField,
  centsField,
  decimalField,
  hexInLowerCase,
  instantField,
  textField,
} from './wire-fields.ts'
import { readStatus } from './wire-status.ts'

/** An address as an object with `address`, or as bare text. */
export const depositAddressField = z
  .union([z.string(), z.object({ address: z.string() })])
  .nullish()
  .transform((value) =>
    value == null ? null : hexInLowerCase(typeof value === 'string' ? value : value.address),
  )

/** A quote as told; the oldest samples give it no id. */
export type ToldQuote = Omit<QuoteSnapshot, 'id'> & { readonly id: string | null }

export const quoteField = z
  .object({
    id: textField,
    token: tokenField,
    chainId: chainIdField,
    depositAddress: depositAddressField,
    expectedAmountAsset: baseUnitsField,
    expectedAmount: decimalField,
    rateUsdAsset: decimalField,
    exchangeRate: decimalField,
    amountDueCents: centsField,
    status: textField,
    expiresAt: instantField,
    createdAt: instantField,
  })
  .transform((wire): ToldQuote => {
    const network = wire.chainId?.network ?? networkOfToken(wire.token)
    const token = readToken(wire.token, network)
    return {
      id: wire.id,
      token,
      network,
      depositAddress: wire.depositAddress,
      expectedBaseUnits: wire.expectedAmountAsset ?? fromDecimal(wire.expectedAmount, token),
      rate: wire.rateUsdAsset ?? wire.exchangeRate,
      amountDueCents: wire.amountDueCents,
      status: readStatus(wire.status ?? 'active').status,
      expiresAt: wire.expiresAt,
      createdAt: wire.createdAt,
    }
  })

/** Gives a quote without an id one that the same quote gets again the next time it is read. */
export function identifiedQuote(paymentId: string, quote: ToldQuote): QuoteSnapshot {
  const { token, network, expiresAt } = quote
  return { ...quote, id: quote.id ?? [paymentId, network, token.symbol, expiresAt].join('/') }
}

/** A decimal amount is only an amount once the token's decimals are known. */
function fromDecimal(amount: string | null, token: TokenSnapshot): string | null {
  if (amount === null || token.decimals === null) return null
  return decimalToBaseUnits(amount, token.decimals)
}
