import { chainOf } from '../registry/chains.ts'

/** Where the block explorer shows a network, by its number in the registry. */
export function chainPath(chainId: number): string {
  return `/explorer/${chainOf({ chainId }).caip2}`
}

export function transactionPath(chainId: number, hash: string): string {
  return `${chainPath(chainId)}/tx/${encodeURIComponent(hash)}`
}

export function addressPath(chainId: number, address: string): string {
  return `${chainPath(chainId)}/address/${encodeURIComponent(address)}`
}

export function blockPath(chainId: number, block: number): string {
  return `${chainPath(chainId)}/block/${block}`
}
