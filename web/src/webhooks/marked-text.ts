/** A stretch of bytes: text, or bytes that are none, written as `\xff`. */
export interface MarkedPart {
  /** Where it begins. */
  readonly at: number
  readonly text: string
  readonly isInvalid: boolean
}

/** Reads UTF-8 and sets apart what is none of it, so that nobody takes a replacement for what came. */
export function markedText(bytes: Uint8Array): readonly MarkedPart[] {
  const parts: { at: number; end: number; isInvalid: boolean }[] = []
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at)
    const [isInvalid, end] = [length === 0, at + Math.max(1, length)]
    const last = parts.at(-1)
    if (last?.isInvalid === isInvalid) last.end = end
    else parts.push({ at, end, isInvalid })
    at = end
  }
  return parts.map(({ at, end, isInvalid }) => {
    const part = bytes.subarray(at, end)
    return { at, isInvalid, text: isInvalid ? inHex(part) : decoder.decode(part) }
  })
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** How many bytes the character that begins here has; 0 where none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0
  try {
    decoder.decode(bytes.subarray(at, at + length))
    return length
  } catch (error) {
    if (error instanceof TypeError) return 0
    throw error
  }
}

function inHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}
