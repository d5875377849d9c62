import { chainOf, type Chain } from './chains.ts'
import { rateE8 } from './prices.ts'
import type { Token } from './tokens.ts'

/** The chain as the API shows it. */
export function chainJson(chain: Chain) {
  return {
    chainId: chain.chainId,
    name: chain.name,
    nativeSymbol: chain.nativeSymbol,
    nativeDecimals: chain.nativeDecimals,
    isEnabled: chain.isEnabled,
    isTestnet: chain.isTestnet,
  }
}

/** The token as the API shows it; its price is the one at `at`, a JSON number as published. */
export function tokenJson(token: Token, at: number) {
  return {
    id: token.id,
    coingeckoApiId: token.coingeckoApiId,
    chain: chainJson(chainOf(token)),
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
