const MASK = (1n << 64n) - 1n
const RATE_BYTES = 136

/** Keccak-256 as Ethereum uses it (original padding, not SHA-3's), as hex. Slow and small: for address checksums only. */
export function keccak256(message: Uint8Array): string {
  const state = new BigUint64Array(25)
  const padded = new Uint8Array((Math.floor(message.length / RATE_BYTES) + 1) * RATE_BYTES)
  padded.set(message)
  padded[message.length] = 0x01
  padded[padded.length - 1] = (padded[padded.length - 1] ?? 0) | 0x80

  const words = new DataView(padded.buffer)
  for (let block = 0; block < padded.length; block += RATE_BYTES) {
    for (let lane = 0; lane < RATE_BYTES / 8; lane += 1) {
      state[lane] = at(state, lane) ^ words.getBigUint64(block + lane * 8, true)
    }
    permute(state)
  }
  return Buffer.from(state.buffer, 0, 32).toString('hex')
}

function permute(state: BigUint64Array): void {
  let register = 1
  for (let round = 0; round < 24; round += 1) {
    // θ
    const columns = [0, 1, 2, 3, 4].map(
      (x) =>
        at(state, x) ^ at(state, x + 5) ^ at(state, x + 10) ^ at(state, x + 15) ^ at(state, x + 20),
    )
    for (let x = 0; x < 5; x += 1) {
      const mix = (columns[(x + 4) % 5] ?? 0n) ^ rotate(columns[(x + 1) % 5] ?? 0n, 1)
      for (let y = 0; y < 25; y += 5) state[x + y] = at(state, x + y) ^ mix
    }
    // ρ and π
    let [x, y] = [1, 0]
    let carried = at(state, 1)
    for (let step = 0; step < 24; step += 1) {
      ;[x, y] = [y, (2 * x + 3 * y) % 5]
      const next = at(state, x + 5 * y)
      state[x + 5 * y] = rotate(carried, (((step + 1) * (step + 2)) / 2) % 64)
      carried = next
    }
    // χ
    for (let row = 0; row < 25; row += 5) {
      const lanes = [0, 1, 2, 3, 4].map((column) => at(state, row + column))
      for (let column = 0; column < 5; column += 1) {
        state[row + column] =
          (lanes[column] ?? 0n) ^
          (~(lanes[(column + 1) % 5] ?? 0n) & MASK & (lanes[(column + 2) % 5] ?? 0n))
      }
    }
    // ι: the round constant comes from a shift register
    for (let bit = 0; bit < 7; bit += 1) {
      if (register & 1) state[0] = at(state, 0) ^ (1n << ((1n << BigInt(bit)) - 1n))
      register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1
    }
  }
}

function at(state: BigUint64Array, index: number): bigint {
  return state[index] ?? 0n
}

function rotate(lane: bigint, by: number): bigint {
  return ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & MASK
}
