import { chainOf, type Chain, type Profile } from './chains.ts'
import { rateE8 } from './prices.ts'
import type { Token } from './tokens.ts'

/** The chain's id as generation C writes it, or the number of all others. */
export function chainIdJson(chain: Pick<Chain, 'chainId' | 'caip2'>, profile: Profile) {
  return profile === 'caip2' ? chain.caip2 : chain.chainId
}

/** The chain as the API shows it. */
export function chainJson(chain: Chain, profile: Profile) {
  return {
    chainId: chainIdJson(chain, profile),
    name: chain.name,
    nativeSymbol: chain.nativeSymbol,
    nativeDecimals: chain.nativeDecimals,
    isEnabled: chain.isEnabled,
    isTestnet: chain.isTestnet,
  }
}

/** The token as the API shows it; its price is the one at `at`, a JSON number as published. */
export function tokenJson(token: Token, at: number, profile: Profile) {
  return {
    id: token.id,
    coingeckoApiId: token.coingeckoApiId,
    chain: chainJson(chainOf(token), profile),
    ...shortTokenJson(token, at),
  }
}

/** The list's shorter form, without chain and coingeckoApiId, as in the published examples. */
export function listTokenJson(token: Token, at: number) {
  return { id: token.id, ...shortTokenJson(token, at) }
}

function shortTokenJson(token: Token, at: number) {
  return {
    symbol: token.symbol,
    contractAddress: token.contractAddress,
    decimals: token.decimals,
    type: token.type,
    assetType: token.assetType,
    status: 'active',
    tokenPriceUsd: rateE8(token, at) / 100_000_000,
  }
}
