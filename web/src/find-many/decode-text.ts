/**
 * The text of a file of which nobody says in which encoding it is: Unicode by its mark or by where its zeros
 * stand, else UTF-8, else what Windows and old shops in Western Europe write. Null for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = marks.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))
  const encoding = marked?.encoding ?? encodingByZeros(bytes)
  if (encoding !== null) return new TextDecoder(encoding).decode(bytes)
  if (bytes.includes(0)) return null
  return decodedStrictly(bytes) ?? new TextDecoder('windows-1252').decode(bytes)
}

const marks = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

const LOOKED_AT_BYTES = 4_096
/** Of the characters, in ids and the words around them. */
const LATIN_SHARE = 0.7

/** UTF-16 without a mark: nearly every character of an id has a zero for its upper half, and none for the other. */
function encodingByZeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const some = bytes.subarray(0, LOOKED_AT_BYTES)
  const zeros = [0, 1].map((odd) => some.filter((byte, at) => byte === 0 && at % 2 === odd).length)
  const [upperFirst = 0, upperLast = 0] = zeros
  const enough = (some.length / 2) * LATIN_SHARE
  if (upperLast >= enough && upperFirst === 0 && some.length > 1) return 'utf-16le'
  return upperFirst >= enough && upperLast === 0 && some.length > 1 ? 'utf-16be' : null
}

function decodedStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
