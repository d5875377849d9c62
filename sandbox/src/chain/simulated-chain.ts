import * as z from 'zod'
import { type Chain, chainOf } from '../registry/chains.ts'
import type { Journal } from '../state/journal.ts'

/** Blocks of the slowest and fastest networks keep their ratio: a block of 2 real seconds takes `blockMs`. */
const REFERENCE_BLOCK_SECONDS = 2
/** The last instant a date can hold: a chain that stands still makes no block at any time. */
export const NEVER_MS = 8.64e15

/** How a chain fares. Instants are epoch milliseconds of sandbox time. */
export const chainRecord = z.object({
  chainId: z.int(),
  /** Since when it makes no blocks; null while it does. */
  stalledAt: z.int().nullable(),
  /** How long it stood still before, all in all. */
  lostMs: z.int(),
  /** How many blocks a new transaction waits before it finds room in one. */
  congestionBlocks: z.int(),
})
export type ChainRecord = z.infer<typeof chainRecord>

export interface Inclusion {
  readonly block: number
  /** `NEVER_MS` while the chain stands still before that block. */
  readonly minedAt: number
  /** When the block has the chain's required confirmations, its own included. */
  readonly confirmedAt: number
}

export interface SimulatedChains {
  readonly state: (chainId: number) => ChainRecord
  readonly change: (chainId: number, change: Partial<Omit<ChainRecord, 'chainId'>>) => void
  /** The newest block at `now`. */
  readonly height: (chainId: number, now: number) => number
  /** Where a transaction sent at `sentAt` lands: in the next block that has room. */
  readonly include: (chainId: number, sentAt: number) => Inclusion
  /** When a block comes and is confirmed, as things stand at `now`. */
  readonly inclusionAt: (chainId: number, block: number, now: number) => Inclusion
  /** Confirmations of a block at `now`, from 0 (not there yet) to what the chain requires. */
  readonly confirmations: (chainId: number, block: number, now: number) => number
  /** Takes in what a journal kept, without writing it again. */
  readonly load: (kept: readonly ChainRecord[]) => void
}

export interface ChainPace {
  /** Milliseconds for a block that takes two seconds in the real world. */
  readonly blockMs: number
  /** The moment at which every chain stood at its registry height. */
  readonly anchor: () => number
}

/** Every network of the sandbox: a clock that counts blocks, and can be held up. */
export function createSimulatedChains(pace: ChainPace, journal: Journal): SimulatedChains {
  const records = new Map<number, ChainRecord>()

  const state = (chainId: number) =>
    records.get(chainId) ?? { chainId, stalledAt: null, lostMs: 0, congestionBlocks: 0 }

  /** Blocks since the anchor that the chain had made at `now`. */
  const blocksBy = (chain: Chain, now: number) => {
    const { stalledAt, lostMs } = state(chain.chainId)
    const lived = Math.min(now, stalledAt ?? now) - lostMs - pace.anchor()
    return Math.floor(lived / blockTimeMs(chain, pace.blockMs))
  }

  const height = (chainId: number, now: number) => {
    const chain = chainOf({ chainId })
    return chain.height + blocksBy(chain, now)
  }

  const inclusionAt = (chainId: number, block: number, now: number): Inclusion => {
    const chain = chainOf({ chainId })
    const { stalledAt, lostMs } = state(chainId)
    const reached = height(chainId, now)
    const timeOf = (number: number) =>
      stalledAt !== null && number > reached
        ? NEVER_MS
        : Math.ceil(
            pace.anchor() + lostMs + (number - chain.height) * blockTimeMs(chain, pace.blockMs),
          )
    return {
      block,
      minedAt: timeOf(block),
      confirmedAt: timeOf(block + chain.requiredConfirmations - 1),
    }
  }

  return {
    state,
    change: (chainId, change) => {
      const record = { ...state(chainId), ...change }
      records.set(chainId, record)
      journal.append({ kind: 'chain', value: record })
    },
    height,
    include: (chainId, sentAt) =>
      inclusionAt(chainId, height(chainId, sentAt) + 1 + state(chainId).congestionBlocks, sentAt),
    inclusionAt,
    confirmations: (chainId, block, now) => {
      const { requiredConfirmations } = chainOf({ chainId })
      return Math.min(Math.max(height(chainId, now) - block + 1, 0), requiredConfirmations)
    },
    load: (kept) => {
      records.clear()
      for (const record of kept) records.set(record.chainId, record)
    },
  }
}

function blockTimeMs(chain: Chain, blockMs: number): number {
  return (chain.blockSeconds / REFERENCE_BLOCK_SECONDS) * blockMs
}
