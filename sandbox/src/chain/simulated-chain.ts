import type { Chain } from '../registry/chains.ts'

/** Blocks of the slowest and fastest networks keep their ratio: a block of 2 real seconds takes `blockMs`. */
const REFERENCE_BLOCK_SECONDS = 2

export interface ChainPace {
  /** Milliseconds for a block that takes two seconds in the real world. */
  readonly blockMs: number
  /** The moment at which every chain stood at its registry height. */
  readonly anchor: number
}

export interface Inclusion {
  readonly block: number
  readonly minedAt: number
  /** When the block has the chain's required confirmations, its own included. */
  readonly confirmedAt: number
}

/** Where a transaction sent at `sentAt` lands: in the next block. */
export function includeTransaction(chain: Chain, pace: ChainPace, sentAt: number): Inclusion {
  const blockMs = blockTimeMs(chain, pace)
  const blocks = Math.floor((sentAt - pace.anchor) / blockMs) + 1
  const minedAt = Math.round(pace.anchor + blocks * blockMs)
  return {
    block: chain.height + blocks,
    minedAt,
    confirmedAt: Math.round(minedAt + (chain.requiredConfirmations - 1) * blockMs),
  }
}

/** Confirmations a transaction has at `now`, from 0 (not in a block yet) to what the chain requires. */
export function confirmationsAt(
  included: Pick<Inclusion, 'block' | 'minedAt' | 'confirmedAt'>,
  chain: Chain,
  now: number,
): number {
  if (now < included.minedAt) return 0
  if (now >= included.confirmedAt) return chain.requiredConfirmations
  const span = included.confirmedAt - included.minedAt
  const passed = (now - included.minedAt) / span
  return 1 + Math.floor(passed * (chain.requiredConfirmations - 1))
}

function blockTimeMs(chain: Chain, pace: ChainPace): number {
  return (chain.blockSeconds / REFERENCE_BLOCK_SECONDS) * pace.blockMs
}
