import type { TokenSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { chainIdField } from './chain-id.ts'
import { decodeWith } from './decode-error.ts'
import { networkOfToken, readToken, tokenField } from './token.wire.ts'
import { decimalField, textField } from './wire-fields.ts'

export interface RegistryChain {
  /** CAIP-2. */
  readonly network: string
  /** The id as this host writes it, for sending back. */
  readonly rawId: number | string
  readonly name: string
  readonly nativeSymbol: string | null
  readonly isEnabled: boolean
  /** Null when the host does not say. */
  readonly isTestnet: boolean | null
}

/** Throws DecodeError. */
export function decodeChain(json: unknown): RegistryChain {
  return decodeWith(chainWire, json)
}

const chainWire = z
  .object({
    chainId: chainIdField.transform((id, context) => {
      if (id !== null) return id
      context.addIssue({ code: 'custom', message: 'is missing' })
      return z.NEVER
    }),
    name: z.string(),
    nativeSymbol: textField,
    isEnabled: z.boolean().nullish(),
    isTestnet: z.boolean().nullish(),
  })
  .transform((wire): RegistryChain => ({
    network: wire.chainId.network,
    rawId: wire.chainId.raw,
    name: wire.name,
    nativeSymbol: wire.nativeSymbol,
    isEnabled: wire.isEnabled ?? true,
    isTestnet: wire.isTestnet ?? null,
  }))

export interface RegistryToken extends TokenSnapshot {
  readonly network: string | null
  /** `active`, `deprecated` or `blocked`, or a word we do not know yet. */
  readonly status: string
  /** US dollars for one whole token, as decimal text; of unknown age. */
  readonly priceUsd: string | null
}

/** Throws DecodeError. */
export function decodeToken(json: unknown): RegistryToken {
  const { status, tokenPriceUsd } = decodeWith(tokenFactsWire, json)
  const token = decodeWith(tokenField, json)
  const network = networkOfToken(token)
  return {
    ...readToken(token, network),
    network,
    status: (status ?? 'active').toLowerCase(),
    priceUsd: tokenPriceUsd,
  }
}

const tokenFactsWire = z.object({ status: textField, tokenPriceUsd: decimalField })
