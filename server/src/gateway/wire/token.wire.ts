import type { TokenSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { chainIdField } from './chain-id.ts'
import { publishedToken } from './published-tokens.ts'
import { hexInLowerCase, textField } from './wire-fields.ts'

/** A token as an object (documentation) or as its bare symbol (the marketing page's samples). */
export const tokenField = z.union([
  z.string().min(1),
  z.object({
    id: textField,
    symbol: z.string().min(1),
    contractAddress: textField,
    decimals: z.int().min(0).max(78).nullish(),
    assetType: textField,
    chain: z.object({ chainId: chainIdField }).nullish(),
  }),
])
type WireToken = z.output<typeof tokenField>

/** The network that the token itself names, if it does: lists leave it out. */
export function networkOfToken(token: WireToken | null | undefined): string | null {
  return token == null || typeof token === 'string' ? null : (token.chain?.chainId?.network ?? null)
}

/** What the token does not say itself (decimals, whether it is the native coin) comes from the published lists. */
export function readToken(token: WireToken, network: string | null): TokenSnapshot {
  if (typeof token === 'string') return readToken({ symbol: token, ...nothingTold }, network)
  const listed = publishedToken(network, token.symbol)
  return {
    id: token.id,
    symbol: token.symbol,
    contractAddress: hexInLowerCase(token.contractAddress),
    decimals: token.decimals ?? listed?.decimals ?? null,
    isNative: isNative(token.assetType, token.contractAddress) ?? listed?.isNative ?? false,
  }
}

const nothingTold = { id: null, contractAddress: null, assetType: null } as const

/** Two stand-in addresses for the native coin are published; the asset type is believed first. */
function isNative(assetType: string | null, contractAddress: string | null): boolean | null {
  if (assetType !== null) return assetType.toLowerCase() === 'native'
  if (contractAddress === null) return null
  return /^0x(?:0{40}|e{40})$/i.test(contractAddress)
}
