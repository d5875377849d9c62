import { createContext, use } from 'react'
import { explorerAddressUrl, explorerTransactionUrl } from '@desk/shared/networks/networks'

const SandboxUrl = createContext<string | null>(null)

/** Where the sandbox of a demo is, whose transactions no public explorer knows; null for real money. */
export const BlockExplorerProvider = SandboxUrl

/** Where to see a transaction or an address on its chain. Null where the chain is unknown. */
export function useBlockExplorer() {
  const sandboxUrl = use(SandboxUrl)
  return {
    transactionUrl: (network: string | null, hash: string) =>
      network === null ? null : explorerTransactionUrl(network, hash, sandboxUrl),
    addressUrl: (network: string | null, address: string) =>
      network === null ? null : explorerAddressUrl(network, address, sandboxUrl),
  }
}
