import type { PastedCell } from './pasted-lines.ts'
import { looksLikeIdentifier, unwrapPasted } from './search-text.ts'

type Rows = readonly (readonly string[])[]

/** What a pasted or chosen table says: its columns, and which of them most likely holds the ids. */
export interface PastedTable {
  /** The first row names the columns and holds nothing to look up. */
  readonly hasHeading: boolean
  readonly columns: readonly PastedColumn[]
  /** An index into `columns`. */
  readonly likeliest: number
}

export interface PastedColumn {
  /** As its heading says, or its letter in a spreadsheet. */
  readonly name: string
  /** The first thing in it. */
  readonly sample: string
}

/** Whether rows that a separator made are a table, rather than lines with a stray comma here and there. */
export function isTable(rows: Rows): boolean {
  const filled = rows.filter(isFilled)
  const widths = filled.map((row) => row.length)
  const usual = mostFrequent(widths)
  if (filled.length < 2 || usual < 2) return false
  return widths.filter((width) => width === usual).length >= filled.length * USUAL_SHARE
}

/**
 * Reads a table of at least one column; a list of lines is a table of one. `told` is what a person says about
 * the first row, where they do.
 */
export function readPastedTable(rows: Rows, told: boolean | null = null): PastedTable {
  const filled = rows.filter(isFilled)
  const width = Math.max(1, ...filled.map((row) => row.length))
  const hasHeading = told ?? isHeading(filled)
  const [first = []] = filled
  const body = hasHeading ? filled.slice(1) : filled
  const indexes = Array.from({ length: width }, (_, index) => index)
  const scores = indexes.map((index) =>
    columnScore(
      body.map((row) => row[index] ?? ''),
      hasHeading ? (first[index] ?? '') : '',
    ),
  )
  return {
    hasHeading,
    columns: indexes.map((index) => ({
      name: (hasHeading && first[index]?.trim()) || `Column ${letterOf(index)}`,
      sample: body.find((row) => row[index]?.trim())?.[index]?.trim() ?? '',
    })),
    likeliest: scores.indexOf(Math.max(...scores)),
  }
}

/** The texts of one column with the numbers of their rows; the heading is none of them. */
export function cellsOfColumn(
  rows: Rows,
  { hasHeading, column }: { readonly hasHeading: boolean; readonly column: number },
): PastedCell[] {
  const heading = hasHeading ? rows.findIndex(isFilled) : -1
  return rows.flatMap((row, index) => {
    const text = row[column]
    return index === heading || text === undefined ? [] : [{ line: index + 1, text }]
  })
}

const USUAL_SHARE = 0.8

function isFilled(row: readonly string[]): boolean {
  return row.some((cell) => cell.trim() !== '')
}

/**
 * In one column only a word that names ids is a heading, since anything else may be an order id. With
 * several, a first row without anything like an id or a figure, over a column that has ids, is one too.
 */
function isHeading([first, ...body]: Rows): boolean {
  if (!first || body.length === 0) return false
  const cells = first.filter((cell) => cell.trim() !== '')
  if (cells.some((cell) => headingWeight(cell) > 0)) return cells.every((cell) => !isFact(cell))
  if (first.length < 2 || cells.some((cell) => isFact(cell) || idLikeness(cell) > 0)) return false
  return first.some((_, index) => {
    const below = body.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '')
    return below.filter((cell) => idLikeness(cell) > 0).length > below.length / 2
  })
}

function isFact(cell: string): boolean {
  const text = cell.trim()
  return /^[^a-z]*\d[^a-z]*$/i.test(text) || looksLikeIdentifier(unwrapPasted(text))
}

const headings: readonly { readonly form: RegExp; readonly weight: number }[] = [
  { form: /^(spacepay )?payment (id|uuid|reference)$/, weight: 0.6 },
  { form: /^(merchant |shop )?order( ?(id|no|nr|number|ref|reference))?$/, weight: 0.5 },
  { form: /^((tx|transaction) ?(hash|id)|txid|hash)$/, weight: 0.4 },
  { form: /^((deposit|sender|wallet|from|to) )?address$/, weight: 0.3 },
  { form: /^(id|uuid|reference|ref|invoice( ?(id|no|number))?|external id)$/, weight: 0.2 },
]

function headingWeight(cell: string): number {
  const words = cell
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return headings.find(({ form }) => form.test(words))?.weight ?? 0
}

/** Ids are many and different from each other; a status or a currency says the same again and again. */
function columnScore(cells: readonly string[], heading: string): number {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length === 0) return 0
  const likeness = filled.reduce((sum, cell) => sum + idLikeness(cell), 0) / filled.length
  const distinct = new Set(filled).size / filled.length
  return likeness === 0 ? 0 : likeness * (0.5 + distinct / 2) + headingWeight(heading)
}

/** From 0, which can be no id, to 1, which can be nothing else. */
function idLikeness(cell: string): number {
  const text = unwrapPasted(cell)
  if (looksLikeIdentifier(text)) return 1
  if (text.length < 3 || text.length > 64 || /[\s@]/.test(text)) return 0
  if (dateForm.test(text) || amountForm.test(text)) return 0
  if (/\d/.test(text) && /\p{L}/u.test(text)) return 0.8
  return /^#?\d{4,}$/.test(text) ? 0.5 : 0
}

const dateForm = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/
const amountForm = /^[\p{Sc}+−-]*\d{1,3}(?:[.,'\u00A0]?\d{3})*[.,]\d{1,2}(?:\p{Sc}|[A-Z]{3})?$/u

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0
}

/** 0 → `A`, 26 → `AA`, as spreadsheets name their columns. */
function letterOf(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26))
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last
}
