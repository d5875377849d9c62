interface Pace {
  readonly blockMs: number
  /** How many blocks SpacePay waits for where a payment does not say. */
  readonly confirmations: number
}

/** By CAIP-2 id. Block times are those that networks keep on a quiet day. */
const paces: ReadonlyMap<string, Pace> = new Map([
  ['eip155:1', { blockMs: 12_000, confirmations: 12 }],
  ['eip155:10', { blockMs: 2_000, confirmations: 12 }],
  ['eip155:56', { blockMs: 3_000, confirmations: 15 }],
  ['eip155:137', { blockMs: 2_000, confirmations: 256 }],
  ['eip155:8453', { blockMs: 2_000, confirmations: 10 }],
  ['eip155:42161', { blockMs: 1_000, confirmations: 12 }],
  ['eip155:43114', { blockMs: 2_000, confirmations: 6 }],
  ['eip155:84532', { blockMs: 2_000, confirmations: 10 }],
  ['eip155:11155111', { blockMs: 12_000, confirmations: 12 }],
  ['bip122:000000000019d6689c085ae165831e93', { blockMs: 600_000, confirmations: 3 }],
  ['bip122:12a765e31ffd4059bada1e25190f6e98', { blockMs: 150_000, confirmations: 6 }],
  ['bip122:000000000000000000651ef99cb9fcbe', { blockMs: 600_000, confirmations: 15 }],
  ['bip122:1a91e3dace36e2be3bf030a65679fe82', { blockMs: 60_000, confirmations: 40 }],
  ['tron:0x2b6653dc', { blockMs: 3_000, confirmations: 19 }],
  ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', { blockMs: 400, confirmations: 32 }],
  ['tvm:-239', { blockMs: 5_000, confirmations: 5 }],
  ['xrpl:0', { blockMs: 4_000, confirmations: 1 }],
])

/** Networks have slow hours: five times the quiet pace is still nothing to worry about. */
const generosity = 5
/** SpacePay and its webhooks take their time too, whatever the network. */
export const USUAL_TIME_MS_MIN = 10 * 60_000
/** On a network we do not know the pace of. */
const unknownNetworkMs = 60 * 60_000

/**
 * How long a payment may wait for its confirmations before that is out of the ordinary, in milliseconds:
 * confirmations × block time × 5, ten minutes at least, an hour where the network is unknown.
 */
export function usualConfirmationMs(
  network: string | null,
  requiredConfirmations: number | null,
): number {
  const pace = network === null ? undefined : paces.get(network)
  if (!pace) return unknownNetworkMs
  const confirmations = requiredConfirmations ?? pace.confirmations
  return Math.max(USUAL_TIME_MS_MIN, confirmations * pace.blockMs * generosity)
}
