export interface Network {
  /** CAIP-2. */
  readonly id: string
  readonly name: string
  readonly isTestnet: boolean
  /** Base URL of a public explorer, without a trailing slash. */
  readonly explorerUrl: string
}

const networks: readonly Network[] = [
  { id: 'eip155:1', name: 'Ethereum', isTestnet: false, explorerUrl: 'https://etherscan.io' },
  {
    id: 'eip155:10',
    name: 'Optimism',
    isTestnet: false,
    explorerUrl: 'https://optimistic.etherscan.io',
  },
  {
    id: 'eip155:56',
    name: 'BNB Smart Chain',
    isTestnet: false,
    explorerUrl: 'https://bscscan.com',
  },
  { id: 'eip155:137', name: 'Polygon', isTestnet: false, explorerUrl: 'https://polygonscan.com' },
  { id: 'eip155:8453', name: 'Base', isTestnet: false, explorerUrl: 'https://basescan.org' },
  { id: 'eip155:42161', name: 'Arbitrum', isTestnet: false, explorerUrl: 'https://arbiscan.io' },
  {
    id: 'eip155:43114',
    name: 'Avalanche C-Chain',
    isTestnet: false,
    explorerUrl: 'https://snowtrace.io',
  },
  {
    id: 'eip155:84532',
    name: 'Base Sepolia',
    isTestnet: true,
    explorerUrl: 'https://sepolia.basescan.org',
  },
  {
    id: 'eip155:11155111',
    name: 'Ethereum Sepolia',
    isTestnet: true,
    explorerUrl: 'https://sepolia.etherscan.io',
  },
]

/** Those that Desk knows by name. */
export const knownNetworks: readonly Pick<Network, 'id' | 'name'>[] = networks

const byId: ReadonlyMap<string, Network> = new Map(networks.map((network) => [network.id, network]))

/** The network's everyday name, or its CAIP-2 id when we do not know it. */
export function networkName(id: string): string {
  return byId.get(id)?.name ?? id
}

/** The name as one word, such as `bnb-smart-chain`; null when we do not know the network. */
export function networkSlug(id: string): string | null {
  const name = byId.get(id)?.name
  return name === undefined ? null : slugOf(name)
}

/** The CAIP-2 id of a network by its name in any spelling, or by its id; null when we do not know it. */
export function networkNamed(word: string): string | null {
  const lower = word.toLowerCase()
  if (byId.has(lower)) return lower
  const slug = slugOf(word)
  return networks.find(({ name }) => slugOf(name) === slug)?.id ?? null
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

/**
 * Null when the chain is unknown: no link is better than a wrong one. `sandboxUrl` names the sandbox
 * where one stands in for SpacePay: its transactions are in no public explorer, only in its own.
 */
export function explorerTransactionUrl(
  networkId: string,
  txHash: string,
  sandboxUrl: string | null = null,
): string | null {
  const base = explorerOf(networkId, sandboxUrl)
  return base ? `${base}/tx/${encodeURIComponent(txHash)}` : null
}

/** As `explorerTransactionUrl`. */
export function explorerAddressUrl(
  networkId: string,
  address: string,
  sandboxUrl: string | null = null,
): string | null {
  const base = explorerOf(networkId, sandboxUrl)
  return base ? `${base}/address/${encodeURIComponent(address)}` : null
}

function explorerOf(networkId: string, sandboxUrl: string | null): string | undefined {
  return sandboxUrl === null
    ? byId.get(networkId)?.explorerUrl
    : `${sandboxUrl.replace(/\/$/, '')}/explorer/${encodeURIComponent(networkId)}`
}
