import { unwrapPasted } from './search-text.ts'

/** So many different texts are looked up at once. */
export const PASTED_LINES_MAX = 1_000
/** No order id, hash or address that SpacePay knows is longer; what is longer is cut, and found nowhere. */
export const PASTED_TEXT_MAX = 255

/** One text as it was pasted, with the line it stands on, counted from 1. */
export interface PastedCell {
  readonly line: number
  readonly text: string
}

/** One thing to look up. `line` is where it stands first, `repeatedOn` where else, in their order. */
export interface PastedLine extends PastedCell {
  readonly repeatedOn: readonly number[]
}

export interface PastedLines {
  readonly lines: readonly PastedLine[]
  /** Lines with something new after the limit was reached: they are not looked up. */
  readonly leftOut: readonly number[]
}

/**
 * One text per line. A single line with commas, semicolons or tabs in it, as people write lists into a
 * chat, counts as one line for each of its parts.
 */
export function splitPasted(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|[\n\r\u0085\u2028\u2029]/)
  const filled = lines.filter((line) => line.trim() !== '')
  const [only] = filled
  return filled.length === 1 && only !== undefined ? only.split(/[,;\t]/) : lines
}

/**
 * What is to be looked up: every text once, without what stands around it (quotes, bullets, a comma at the
 * end, the rest of a link, words beside a hash). Texts that differ in nothing but case are the same, and so is a hash with and
 * without its `0x`. Nothing is lost: each line that is not empty is looked up, repeated or left out.
 */
export function readPastedCells(cells: readonly PastedCell[]): PastedLines {
  const found = new Map<string, { line: number; text: string; repeatedOn: number[] }>()
  const leftOut: number[] = []
  for (const cell of cells) {
    const text = bareText(cell.text)
    if (text === '') continue
    const known = found.get(sameness(text))
    if (known) known.repeatedOn.push(cell.line)
    else if (found.size < PASTED_LINES_MAX) {
      found.set(sameness(text), { line: cell.line, text, repeatedOn: [] })
    } else leftOut.push(cell.line)
  }
  return { lines: [...found.values()], leftOut }
}

/** `1, 2, 3, 7` → `1–3, 7`; beyond `most` parts the last says how many more lines there are. */
export function lineRanges(numbers: readonly number[], most = 6): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && number <= last.to + 1) last.to = number
    else ranges.push({ from: number, to: number })
  }
  const shown = ranges.slice(0, most)
  const covered = shown.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const more = new Set(numbers).size - covered
  const parts = shown.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
  return more > 0 ? `${parts.join(', ')} and ${more} more` : parts.join(', ')
}

function bareText(text: string): string {
  const withoutEnds = text
    .replace(/^[\s\uFEFF]*(?:[-*•–]\s+|\d{1,4}[.)]\s+)?/, '')
    .replace(/[\s,;]+$/, '')
  return unwrapPasted(withoutEnds).slice(0, PASTED_TEXT_MAX).toWellFormed().trim()
}

function sameness(text: string): string {
  const lower = text.toLowerCase()
  return /^0x[0-9a-f]{64}$/.test(lower) ? lower.slice(2) : lower
}
