/** Which of the published generations a sandbox speaks where they clash. */
export type Profile = 'default' | 'caip2' | 'seed'

export interface Chain {
  /** The EIP-155 number; other networks have one of ours, below zero, that never leaves the sandbox. */
  readonly chainId: number
  /** The same chain as generation C of the API writes it. */
  readonly caip2: string
  readonly name: string
  readonly nativeSymbol: string
  readonly nativeDecimals: number
  readonly isEnabled: boolean
  readonly isTestnet: boolean
  readonly requiredConfirmations: number
  /** How fast the real network makes blocks. */
  readonly blockSeconds: number
  /** A believable block number for "now". */
  readonly height: number
  /** What the payer is charged on top, in basis points. */
  readonly convenienceFeeBp: number
  /** Documented by generation C only. */
  readonly isLater: boolean
}

/** The two test networks and the five main networks of generations A and B, then C's, with their confirmations. */
const allChains: readonly Chain[] = [
  evm(84532, 'Base Sepolia', {
    requiredConfirmations: 10,
    blockSeconds: 2,
    height: 34_120_500,
    isTestnet: true,
  }),
  evm(11155111, 'Ethereum Sepolia', {
    requiredConfirmations: 12,
    blockSeconds: 12,
    height: 9_870_200,
    isTestnet: true,
  }),
  evm(1, 'Ethereum', {
    requiredConfirmations: 12,
    blockSeconds: 12,
    height: 24_310_700,
    convenienceFeeBp: 90,
  }),
  evm(137, 'Polygon', {
    nativeSymbol: 'POL',
    requiredConfirmations: 256,
    blockSeconds: 2,
    height: 80_412_000,
    convenienceFeeBp: 40,
  }),
  evm(56, 'BNB Smart Chain', {
    nativeSymbol: 'BNB',
    requiredConfirmations: 15,
    blockSeconds: 3,
    height: 70_155_300,
    convenienceFeeBp: 45,
  }),
  evm(8453, 'Base', { requiredConfirmations: 10, blockSeconds: 2, height: 38_640_100 }),
  evm(43114, 'Avalanche C-Chain', {
    nativeSymbol: 'AVAX',
    requiredConfirmations: 6,
    blockSeconds: 2,
    height: 72_500_900,
  }),
  evm(42161, 'Arbitrum', {
    requiredConfirmations: 12,
    blockSeconds: 1,
    height: 402_118_000,
    isLater: true,
  }),
  evm(10, 'Optimism', {
    requiredConfirmations: 12,
    blockSeconds: 2,
    height: 144_230_000,
    isLater: true,
  }),
  later(-1, 'bip122:000000000019d6689c085ae165831e93', {
    name: 'Bitcoin',
    nativeSymbol: 'BTC',
    nativeDecimals: 8,
    requiredConfirmations: 3,
    blockSeconds: 600,
    height: 926_400,
  }),
  later(-2, 'bip122:12a765e31ffd4059bada1e25190f6e98', {
    name: 'Litecoin',
    nativeSymbol: 'LTC',
    nativeDecimals: 8,
    requiredConfirmations: 6,
    blockSeconds: 150,
    height: 3_015_000,
  }),
  later(-3, 'bip122:000000000000000000651ef99cb9fcbe', {
    name: 'Bitcoin Cash',
    nativeSymbol: 'BCH',
    nativeDecimals: 8,
    requiredConfirmations: 15,
    blockSeconds: 600,
    height: 926_900,
  }),
  later(-4, 'bip122:1a91e3dace36e2be3bf030a65679fe82', {
    name: 'Dogecoin',
    nativeSymbol: 'DOGE',
    nativeDecimals: 8,
    requiredConfirmations: 40,
    blockSeconds: 60,
    height: 5_980_000,
  }),
  later(-5, 'tron:0x2b6653dc', {
    name: 'Tron',
    nativeSymbol: 'TRX',
    nativeDecimals: 6,
    requiredConfirmations: 19,
    blockSeconds: 3,
    height: 77_900_000,
  }),
  later(-6, 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', {
    name: 'Solana',
    nativeSymbol: 'SOL',
    nativeDecimals: 9,
    requiredConfirmations: 32,
    blockSeconds: 1,
    height: 359_000_000,
  }),
  later(-7, 'tvm:-239', {
    name: 'TON',
    nativeSymbol: 'TON',
    nativeDecimals: 9,
    requiredConfirmations: 5,
    blockSeconds: 5,
    height: 54_300_000,
  }),
  later(-8, 'xrpl:0', {
    name: 'XRP',
    nativeSymbol: 'XRP',
    nativeDecimals: 6,
    requiredConfirmations: 1,
    blockSeconds: 4,
    height: 100_400_000,
  }),
]

/** The networks of generations A and B, where the made-up history takes place. */
export const chains: readonly Chain[] = allChains.filter((chain) => !chain.isLater)

/** The networks that a sandbox of this profile serves. */
export function chainsOf(profile: Profile): readonly Chain[] {
  return profile === 'caip2' ? allChains : chains
}

const byId = new Map(allChains.map((chain) => [chain.chainId, chain]))
const byCaip2 = new Map(allChains.map((chain) => [chain.caip2, chain]))

/** Finds a chain by its number, the number as text, or its CAIP-2 id: requests may carry any of them. */
export function findChain(chainId: number | string, profile: Profile): Chain | null {
  const text = String(chainId)
  const chain = byCaip2.get(/^\d{1,15}$/.test(text) ? `eip155:${text}` : text)
  return chain && chainsOf(profile).includes(chain) ? chain : null
}

/** The chain of a stored token, which is always one of ours. */
export function chainOf(owner: { readonly chainId: number }): Chain {
  const chain = byId.get(owner.chainId)
  if (!chain) throw new Error(`Chain ${owner.chainId} is not in the registry.`)
  return chain
}

/** Whether addresses and transactions of the chain have Ethereum's form. */
export function isEvm(chain: Pick<Chain, 'chainId'>): boolean {
  return chain.chainId > 0
}

type Paced = Pick<Chain, 'requiredConfirmations' | 'blockSeconds' | 'height'>

function evm(chainId: number, name: string, facts: Paced & Partial<Chain>): Chain {
  return {
    chainId,
    caip2: `eip155:${chainId}`,
    name,
    nativeSymbol: 'ETH',
    nativeDecimals: 18,
    isEnabled: true,
    isTestnet: false,
    convenienceFeeBp: 50,
    isLater: false,
    ...facts,
  }
}

function later(
  chainId: number,
  caip2: string,
  facts: Paced & Pick<Chain, 'name' | 'nativeSymbol' | 'nativeDecimals'>,
): Chain {
  return {
    chainId,
    caip2,
    isEnabled: true,
    isTestnet: false,
    convenienceFeeBp: 50,
    isLater: true,
    ...facts,
  }
}
