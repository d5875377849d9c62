export interface Chain {
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
}

const evm = {
  nativeSymbol: 'ETH',
  nativeDecimals: 18,
  isEnabled: true,
  isTestnet: false,
  convenienceFeeBp: 50,
} as const

/** The two test networks and the five main networks of generations A and B, with their confirmations. */
export const chains: readonly Chain[] = [
  {
    ...evm,
    chainId: 84532,
    caip2: 'eip155:84532',
    name: 'Base Sepolia',
    isTestnet: true,
    requiredConfirmations: 10,
    blockSeconds: 2,
    height: 34_120_500,
  },
  {
    ...evm,
    chainId: 11155111,
    caip2: 'eip155:11155111',
    name: 'Ethereum Sepolia',
    isTestnet: true,
    requiredConfirmations: 12,
    blockSeconds: 12,
    height: 9_870_200,
  },
  {
    ...evm,
    chainId: 1,
    caip2: 'eip155:1',
    name: 'Ethereum',
    requiredConfirmations: 12,
    blockSeconds: 12,
    height: 24_310_700,
    convenienceFeeBp: 90,
  },
  {
    ...evm,
    chainId: 137,
    caip2: 'eip155:137',
    name: 'Polygon',
    nativeSymbol: 'POL',
    requiredConfirmations: 256,
    blockSeconds: 2,
    height: 80_412_000,
    convenienceFeeBp: 40,
  },
  {
    ...evm,
    chainId: 56,
    caip2: 'eip155:56',
    name: 'BNB Smart Chain',
    nativeSymbol: 'BNB',
    requiredConfirmations: 15,
    blockSeconds: 3,
    height: 70_155_300,
    convenienceFeeBp: 45,
  },
  {
    ...evm,
    chainId: 8453,
    caip2: 'eip155:8453',
    name: 'Base',
    requiredConfirmations: 10,
    blockSeconds: 2,
    height: 38_640_100,
  },
  {
    ...evm,
    chainId: 43114,
    caip2: 'eip155:43114',
    name: 'Avalanche C-Chain',
    nativeSymbol: 'AVAX',
    requiredConfirmations: 6,
    blockSeconds: 2,
    height: 72_500_900,
  },
]

const byId = new Map(chains.map((chain) => [chain.chainId, chain]))

/** Finds a chain by its number, the number as text, or its CAIP-2 id: requests may carry any of them. */
export function findChain(chainId: number | string): Chain | null {
  const digits = String(chainId).replace(/^eip155:/, '')
  return /^\d{1,15}$/.test(digits) ? (byId.get(Number(digits)) ?? null) : null
}

/** The chain of a stored token, which is always one of ours. */
export function chainOf(owner: { readonly chainId: number }): Chain {
  const chain = byId.get(owner.chainId)
  if (!chain) throw new Error(`Chain ${owner.chainId} is not in the registry.`)
  return chain
}
