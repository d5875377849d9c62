import { createHash } from 'node:crypto'

export interface Random {
  /** 0 ≤ x < 1. */
  readonly fraction: () => number
  /** A whole number, 0 ≤ n < `below`. */
  readonly below: (below: number) => number
  readonly between: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T
  readonly hex: (digits: number) => string
  /** Version 4 in form, deterministic in content. */
  readonly uuid: () => string
  /** Mean 0, deviation 1. */
  readonly gaussian: () => number
}

/** Hex is drawn by the hundred thousand, so it is written in one piece; 64 digits are the longest. */
const scratch = Buffer.alloc(32)

/** The same seed gives the same sequence on every machine (sfc32 over a hash of the seed). */
export function seededRandom(seed: string): Random {
  const word = sfc32(createHash('sha256').update(seed).digest())
  const fraction = () => word() / 4_294_967_296
  const below = (limit: number) => Math.floor(fraction() * limit)
  const hex = (digits: number) => {
    const bytes = Math.ceil(digits / 2)
    for (let at = 0; at < bytes; at += 4) scratch.writeUInt32LE(word(), at)
    const text = scratch.toString('hex', 0, bytes)
    return text.length === digits ? text : text.slice(0, digits)
  }
  return {
    fraction,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => fraction() < probability,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    hex,
    uuid: () => inOnePiece(asUuid(hex(32))),
    gaussian: () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction()),
  }
}

/** 32 hex digits in the form of a version 4 uuid. */
export function asUuid(hex: string): string {
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8'
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The same text as one run of bytes. Text joined from parts stays a tree of its parts in memory,
 * three times as large for an id, and a history may hold a million payments.
 */
export function inOnePiece(text: string): string {
  return Buffer.from(text).toString()
}

/** A uuid that is always the same for the same words. */
export function uuidOf(words: string): string {
  return asUuid(createHash('sha256').update(words).digest('hex'))
}

function sfc32(digest: Buffer): () => number {
  let a = digest.readUInt32LE(0)
  let b = digest.readUInt32LE(4)
  let c = digest.readUInt32LE(8)
  let counter = digest.readUInt32LE(12)
  return () => {
    const sum = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0
    return sum
  }
}
