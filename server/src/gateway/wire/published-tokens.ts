/** What the published token lists say about a token, for hosts that name it by its symbol alone. */
export interface PublishedToken {
  readonly decimals: number
  readonly isNative: boolean
}

/** Decimals of `symbol` on `network` (CAIP-2); null when the published lists do not have it. */
export function publishedToken(network: string | null, symbol: string): PublishedToken | null {
  const listed = network === null ? undefined : networks.get(network)
  if (!listed) return null
  const wanted = symbol.toUpperCase()
  if (wanted === listed.native[0]) return { decimals: listed.native[1], isNative: true }
  const isStablecoin = listed.stablecoins.includes(wanted)
  return isStablecoin ? { decimals: listed.stablecoinDecimals, isNative: false } : null
}

interface PublishedNetwork {
  readonly native: readonly [symbol: string, decimals: number]
  readonly stablecoins: readonly string[]
  readonly stablecoinDecimals: number
}

const both = ['USDC', 'USDT'] as const

/** Stablecoins have 18 decimals on BNB Smart Chain and 6 everywhere else. */
const networks: ReadonlyMap<string, PublishedNetwork> = new Map<string, PublishedNetwork>([
  ['eip155:84532', { native: ['ETH', 18], stablecoins: both, stablecoinDecimals: 6 }],
  ['eip155:11155111', { native: ['ETH', 18], stablecoins: both, stablecoinDecimals: 6 }],
  ['eip155:1', { native: ['ETH', 18], stablecoins: both, stablecoinDecimals: 6 }],
  ['eip155:137', { native: ['POL', 18], stablecoins: both, stablecoinDecimals: 6 }],
  ['eip155:56', { native: ['BNB', 18], stablecoins: both, stablecoinDecimals: 18 }],
  ['eip155:8453', { native: ['ETH', 18], stablecoins: both, stablecoinDecimals: 6 }],
  ['eip155:43114', { native: ['AVAX', 18], stablecoins: both, stablecoinDecimals: 6 }],
  ['eip155:42161', { native: ['ETH', 18], stablecoins: [], stablecoinDecimals: 6 }],
  ['eip155:10', { native: ['ETH', 18], stablecoins: [], stablecoinDecimals: 6 }],
  ['tron:0x2b6653dc', { native: ['TRX', 6], stablecoins: ['USDT'], stablecoinDecimals: 6 }],
  [
    'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
    { native: ['SOL', 9], stablecoins: both, stablecoinDecimals: 6 },
  ],
])
