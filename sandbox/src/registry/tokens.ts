import { uuidOf } from '../state/random.ts'
import { chainOf, type Profile } from './chains.ts'

export interface Token {
  readonly id: string
  readonly coingeckoApiId: string
  readonly chainId: number
  readonly symbol: string
  readonly contractAddress: string
  readonly decimals: number
  readonly type: 'stablecoin' | 'volatile'
  readonly assetType: 'native' | 'erc20'
}

export const nativeAddress = '0x0000000000000000000000000000000000000000'
/** The other spelling of "native coin" in the published registry; read, never written. */
const nativeAddressAlias = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

const coins = {
  ETH: 'ethereum',
  POL: 'polygon-ecosystem-token',
  BNB: 'binancecoin',
  AVAX: 'avalanche-2',
  BTC: 'bitcoin',
  LTC: 'litecoin',
  BCH: 'bitcoin-cash',
  DOGE: 'dogecoin',
  TRX: 'tron',
  SOL: 'solana',
  TON: 'the-open-network',
  XRP: 'ripple',
} as const

const stablecoins = { USDC: 'usd-coin', USDT: 'tether' } as const

/** Ids of the test networks' tokens are the published ones; the others are ours. Base USDT is blocked upstream. */
const allTokens: readonly Token[] = [
  stablecoin(84532, 'USDC', {
    address: '0x00fc61d7de7655db3984db634e3489130ebeacf6',
    id: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
  }),
  stablecoin(84532, 'USDT', {
    address: '0xe290136a17a1804d4e538bd747b7a48d1a44a629',
    id: '887c9fff-f62f-4451-bce5-85ce3e7529b5',
  }),
  coin(84532, 'ETH', 'f9d14525-367d-4e16-b247-8d4ed23f1413'),
  stablecoin(11155111, 'USDC', {
    address: '0xcae5e5b4a5dd769b021f9f93257b44b0742f77d3',
    id: 'd4d08c7c-056a-4d26-857d-37599119cd04',
  }),
  stablecoin(11155111, 'USDT', {
    address: '0xd14fce5bc55861c3b71bdea38d22590df8666dbc',
    id: 'f613b815-986b-4377-be9f-97f3d7c1684b',
  }),
  coin(11155111, 'ETH', '4d3d0cd9-2994-485a-bce6-b28b4c1501c9'),
  stablecoin(1, 'USDC', { address: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48' }),
  stablecoin(1, 'USDT', { address: '0xdac17f958d2ee523a2206206994597c13d831ec7' }),
  coin(1, 'ETH'),
  stablecoin(137, 'USDC', { address: '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359' }),
  stablecoin(137, 'USDT', { address: '0xc2132d05d31c914a87c6611c10748aeb04b58e8f' }),
  coin(137, 'POL'),
  stablecoin(56, 'USDC', { address: '0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d', decimals: 18 }),
  stablecoin(56, 'USDT', { address: '0x55d398326f99059ff775485246999027b3197955', decimals: 18 }),
  coin(56, 'BNB'),
  stablecoin(8453, 'USDC', { address: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913' }),
  coin(8453, 'ETH'),
  stablecoin(43114, 'USDC', { address: '0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e' }),
  stablecoin(43114, 'USDT', { address: '0x9702230a8ea53601f5cd2dc00fdbc13d4df4a8c7' }),
  coin(43114, 'AVAX'),
  coin(42161, 'ETH'),
  coin(10, 'ETH'),
  coin(-1, 'BTC'),
  coin(-2, 'LTC'),
  coin(-3, 'BCH'),
  coin(-4, 'DOGE'),
  coin(-5, 'TRX'),
  stablecoin(-5, 'USDT', { address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' }),
  coin(-6, 'SOL'),
  stablecoin(-6, 'USDC', { address: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' }),
  stablecoin(-6, 'USDT', { address: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB' }),
  coin(-7, 'TON'),
  stablecoin(-7, 'USDT', { address: 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs' }),
  coin(-8, 'XRP'),
]

/** The tokens of generations A and B, in which the made-up history takes place. */
export const tokens: readonly Token[] = allTokens.filter((token) => !chainOf(token).isLater)

/** The tokens that a sandbox of this profile serves. */
export function tokensOf(profile: Profile): readonly Token[] {
  return profile === 'caip2' ? allTokens : tokens
}

const byId = new Map(allTokens.map((token) => [token.id, token]))

/** What a new payment is quoted in before the payer chooses: Base Sepolia USDC. */
export const defaultTokenId = '4f245c9b-b6d1-403b-b9d6-46887e701f78'

export function findToken(id: string): Token | null {
  return byId.get(id) ?? null
}

/** The token of a stored quote, which is always one of ours. */
export function tokenOf(owner: { readonly tokenId: string }): Token {
  const token = byId.get(owner.tokenId)
  if (!token) throw new Error(`Token ${owner.tokenId} is not in the registry.`)
  return token
}

/** A chain's token by contract address, in any case and in both spellings of the native coin. */
export function findTokenAt(chainId: number, contractAddress: string): Token | null {
  const wanted = contractAddress.toLowerCase()
  const address = wanted === nativeAddressAlias ? nativeAddress : wanted
  const isIt = (token: Token) =>
    token.chainId === chainId && token.contractAddress.toLowerCase() === address
  return allTokens.find(isIt) ?? null
}

/** What a withdrawal on this chain is paid in: dollars where it has them; Ethereum's are USDT, as flagged in the published registry. */
export function withdrawalTokenOf(chainId: number): Token {
  const symbol = chainId === 1 ? 'USDT' : 'USDC'
  const own = allTokens.filter((t) => t.chainId === chainId)
  const token = own.find((t) => t.symbol === symbol) ?? own[0]
  if (!token) throw new Error(`Chain ${chainId} has no withdrawal token.`)
  return token
}

function stablecoin(
  chainId: number,
  symbol: keyof typeof stablecoins,
  at: { readonly address: string; readonly id?: string; readonly decimals?: number },
): Token {
  return {
    id: at.id ?? uuidOf(`token:${chainId}:${symbol}`),
    coingeckoApiId: stablecoins[symbol],
    chainId,
    symbol,
    contractAddress: at.address,
    decimals: at.decimals ?? 6,
    type: 'stablecoin',
    assetType: 'erc20',
  }
}

function coin(chainId: number, symbol: keyof typeof coins, id?: string): Token {
  return {
    id: id ?? uuidOf(`token:${chainId}:${symbol}`),
    coingeckoApiId: coins[symbol],
    chainId,
    symbol,
    contractAddress: nativeAddress,
    decimals: chainOf({ chainId }).nativeDecimals,
    type: 'volatile',
    assetType: 'native',
  }
}
