/** One piece of a search text, between spaces: a word, or a name with a colon and its value. */
export interface SearchPiece {
  /** Where it stands in the text; `end` is past its last character. */
  readonly start: number
  readonly end: number
  readonly isNot: boolean
  /** Lower case, such as `status`; null for a free word. */
  readonly name: string | null
  /** What follows `meta.`; null without. */
  readonly key: string | null
  /** Without its quotes. */
  readonly value: string
  /** As it stands, quotes and all, without the minus before it. */
  readonly raw: string
  /** Where the value begins in the text. */
  readonly valueStart: number
  /** A quote was opened and not closed. */
  readonly isOpen: boolean
}

/** Cuts a search text into its pieces. Never fails: what is wrong with a piece is for others to say. */
export function scanSearch(text: string): SearchPiece[] {
  const pieces: SearchPiece[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const piece = pieceAt(text, at)
    pieces.push(piece)
    at = piece.end
  }
  return pieces
}

/** Quotes what would otherwise be cut or read as something else; `"` and `\` inside are escaped. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** Quoted where it has to be. */
export function printedValue(value: string): string {
  return /[\s"\\]/.test(value) || value === '' ? quoted(value) : value
}

const operatorName = /^([a-z][a-z0-9_-]*)(?:\.("(?:[^"\\]|\\.)*"|[^\s:"]+))?:/i

function pieceAt(text: string, start: number): SearchPiece {
  const isNot = text.charAt(start) === '-' && /\S/.test(text.charAt(start + 1))
  const bodyStart = isNot ? start + 1 : start
  const head = operatorName.exec(text.slice(bodyStart))
  const valueStart = bodyStart + (head?.[0].length ?? 0)
  const { value, end, isOpen } = readValue(text, valueStart)
  const key = head?.[2] ?? null
  return {
    start,
    end,
    isNot,
    name: head?.[1]?.toLowerCase() ?? null,
    key: key === null ? null : readValue(key, 0).value,
    value,
    raw: text.slice(bodyStart, end),
    valueStart,
    isOpen,
  }
}

/** Up to the next space outside of quotes. */
function readValue(text: string, from: number): { value: string; end: number; isOpen: boolean } {
  let value = ''
  let isOpen = false
  let at = from
  for (; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '"') isOpen = !isOpen
    else if (isOpen && letter === '\\' && at + 1 < text.length) {
      at += 1
      value += text.charAt(at)
    } else if (!isOpen && /\s/.test(letter)) break
    else value += letter
  }
  return { value, end: at, isOpen }
}
