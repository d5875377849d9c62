import { createHash, randomBytes } from 'node:crypto'
import { type Chain, chainOf, isEvm } from '../registry/chains.ts'
import type { Token } from '../registry/tokens.ts'

/** What a payer sends. */
export interface Transfer {
  readonly token: Token
  readonly to: string
  /** Base units. */
  readonly amount: bigint
  /** It takes part in a block and moves nothing. */
  readonly isReverted: boolean
  /** The first block that has room for it. */
  readonly block: number
}

export interface Reorganisation {
  readonly depth: number
  readonly fate: 'mined_again' | 'dropped'
  /** The newest block before it. */
  readonly height: number
}

/** What carries transactions. When blocks come is the schedule's matter, whatever carries them. */
export interface Carrier {
  /** The EVM address of a named wallet, lower case and always the same. */
  readonly depositAddress: (wallet: string) => string
  readonly send: (transfer: Transfer) => { readonly hash: string; readonly sender: string }
  /** Whether it still waits for a block, though one was planned for it. */
  readonly isWaiting: (hash: string) => boolean
  readonly reorganise: (chainId: number, wish: Reorganisation) => void
  /** Where wallets reach the node of a chain, or null when it has none. */
  readonly url: (chainId: number) => string | null
  readonly stop: () => Promise<void>
}

/** Transactions that are told of and kept nowhere. `seed` makes the addresses. */
export function createSimulatedCarrier(seed: () => string): Carrier {
  return {
    depositAddress: (wallet) =>
      `0x${createHash('sha256').update(`${seed()}:${wallet}`).digest('hex').slice(0, 40)}`,
    send: ({ token }) => ({
      hash: newTransactionHash(chainOf(token)),
      sender: `0x${randomBytes(20).toString('hex')}`,
    }),
    isWaiting: () => false,
    reorganise: () => undefined,
    url: () => null,
    stop: () => Promise.resolve(),
  }
}

/** 0x and 64 hex digits on EVM networks; elsewhere the digits alone. */
export function newTransactionHash(chain: Chain): string {
  const digits = randomBytes(32).toString('hex')
  return isEvm(chain) ? `0x${digits}` : digits
}

/** Where a transaction of the newest blocks lands after they were replaced: behind half as many new ones. */
export function blockAfter({ height, depth }: Pick<Reorganisation, 'height' | 'depth'>): number {
  return height + 1 + Math.ceil(depth / 2)
}
