import { isEvm } from './destination-address.ts'

/** An address that was seen before, and where. */
export interface KnownAddress {
  readonly address: string
}

/** The one most alike, and the indexes of the asked-for address at which the two differ. */
export interface LookAlike<C> {
  readonly candidate: C
  readonly differsAt: readonly number[]
}

/** What people compare when they glance at an address: its first and its last characters. */
const GLANCE_HEAD = 4
const GLANCE_TAIL = 4
/** So many slips of the pen, or fewer, make another address look the same. */
const SLIPS_MAX = 3

/**
 * Finds the candidate most easily taken for the address: one that begins and ends the same, as made by
 * those who poison address lists, or one that differs by a few characters. The address itself, in any
 * spelling that means the same, is no look-alike. Null where none is alike.
 */
export function nearestLookAlike<C extends KnownAddress>(
  { network, address }: { readonly network: string; readonly address: string },
  candidates: readonly C[],
): LookAlike<C> | null {
  const key = (text: string) => (isEvm(network) ? text.toLowerCase() : text)
  const asked = key(address)
  const alike = candidates
    .map((candidate) => ({ candidate, likeness: likenessOf(asked, key(candidate.address)) }))
    .filter(({ likeness }) => likeness !== null)
    .toSorted((left, right) => (right.likeness ?? 0) - (left.likeness ?? 0))
  const best = alike[0]?.candidate
  return best ? { candidate: best, differsAt: differences(asked, key(best.address)) } : null
}

/** The more characters at the ends agree, and the fewer slips lie between, the more alike; null for not alike. */
function likenessOf(asked: string, other: string): number | null {
  if (asked === other) return null
  const head = equalHead(asked, other)
  const tail = equalHead(reversed(asked), reversed(other))
  const fixed = asked.startsWith('0x') ? 2 : 0
  const looksSame = head - fixed >= GLANCE_HEAD && tail >= GLANCE_TAIL
  // Longer or shorter by more than that is already too far, and measuring costs the most.
  const isNear = Math.abs(asked.length - other.length) <= SLIPS_MAX
  const slips = isNear ? editDistance(asked, other) : Infinity
  if (!looksSame && slips > SLIPS_MAX) return null
  return Math.min(head + tail, asked.length) + (slips <= SLIPS_MAX ? 100 - slips : 0)
}

function equalHead(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    if (left.charAt(index) !== right.charAt(index)) return index
  }
  return length
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('')
}

/** Fewest characters to put in, take out or change to make one text of the other (Levenshtein). */
export function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at]
    for (let to = 1; to <= right.length; to += 1) {
      const changed = (row[to - 1] ?? 0) + (left.charAt(at - 1) === right.charAt(to - 1) ? 0 : 1)
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}

/**
 * Where the address differs from another: for equal lengths place by place; for others everything
 * between what is equal at the head and what is equal at the tail, and at least one character.
 */
function differences(address: string, other: string): readonly number[] {
  const places = Array.from({ length: address.length }, (_, index) => index)
  if (address.length === other.length) {
    return places.filter((index) => address.charAt(index) !== other.charAt(index))
  }
  const head = equalHead(address, other)
  const tail = Math.min(
    equalHead(reversed(address), reversed(other)),
    Math.min(address.length, other.length) - head,
  )
  const between = places.slice(head, address.length - tail)
  return between.length > 0 ? between : [Math.min(head, address.length - 1)]
}
