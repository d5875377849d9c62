import { networkName } from '../networks/networks.ts'
import { isDayPreset, presetDays } from '../time/day-preset.ts'
import type { KnownValues } from './parse-search.ts'
import { printedValue, scanSearch, type SearchPiece } from './scan-search.ts'
import { networkWord } from './print-search.ts'
import { networkOfWord, searchFields, valueHints } from './search-fields.ts'

/** Something that can be put at the caret. */
export interface SearchCompletion {
  /** The stretch of the text that it replaces. */
  readonly start: number
  readonly end: number
  readonly insert: string
  readonly hint: string
}

const COMPLETIONS_MAX = 16

/** What a completion may be taken from. */
export interface Completable extends KnownValues {
  readonly metadataKeys: readonly string[]
  /** The business day it is now, as `YYYY-MM-DD`. */
  readonly today: string
}

/**
 * What may come where the caret stands: names while a name is begun, values after a colon, those that
 * begin like it before those that only contain it. Nothing inside a quote.
 */
export function completeSearch(
  text: string,
  caret: number,
  known: Completable,
): SearchCompletion[] {
  const piece = scanSearch(text).find(({ start, end }) => start < caret && caret <= end)
  if (piece === undefined)
    return caret === 0 || /\s/.test(text.charAt(caret - 1)) ? allNames(caret) : []
  if (piece.isOpen || piece.raw.includes('"')) return []
  return piece.name === null || caret < piece.valueStart
    ? namesFor(piece, known.metadataKeys)
    : valuesFor(piece, known)
}

function allNames(caret: number): SearchCompletion[] {
  return searchFields
    .slice(0, COMPLETIONS_MAX)
    .map(({ name, hint }) => ({ start: caret, end: caret, insert: nameText(name), hint }))
}

function namesFor(piece: SearchPiece, metadataKeys: readonly string[]): SearchCompletion[] {
  const typed = piece.raw.toLowerCase()
  const sign = piece.isNot ? '-' : ''
  const metadata = metadataKeys.map((key) => ({
    insert: `meta.${key}:`,
    hint: 'a value of the metadata',
  }))
  const names = searchFields.map(({ name, hint }) => ({ insert: nameText(name), hint }))
  return ranked([...names, ...(typed.startsWith('meta.') ? metadata : [])], typed).map(
    ({ insert, hint }) => ({ start: piece.start, end: piece.end, insert: sign + insert, hint }),
  )
}

function valuesFor(piece: SearchPiece, known: Completable): SearchCompletion[] {
  const field = searchFields.find(({ name }) => name === piece.name)
  if (!field) return []
  // Of a list the last one is being typed.
  const comma = piece.value.lastIndexOf(',') + 1
  const typed = piece.value.slice(comma).toLowerCase()
  const start = piece.valueStart + comma
  const offered = [...new Set([...field.values, ...knownValuesOf(field.name, known)])]
  return ranked(
    offered.map((value) => ({
      insert: printedValue(value),
      hint: valueHint(field.name, value, known.today),
    })),
    typed,
  )
    .filter(({ insert }) => insert.toLowerCase() !== typed)
    .map(({ insert, hint }) => ({ start, end: piece.end, insert, hint }))
}

/** Names and days that the value alone does not say. */
function valueHint(name: string, value: string, today: string): string {
  if (name === 'network') return networkName(networkOfWord(value))
  if (name !== 'created' && name !== 'completed') return valueHints[name]?.[value] ?? ''
  if (!isDayPreset(value)) return value.length === 10 ? 'one day' : 'a whole month'
  const { from, to } = presetDays(value, today)
  return from === to ? `${from}` : `${from} to ${to}`
}

function knownValuesOf(name: string, known: Completable): readonly string[] {
  if (name === 'created' || name === 'completed') return [known.today, known.today.slice(0, 7)]
  if (name === 'status') return known.statuses
  if (name === 'type') return known.types
  if (name === 'token') return known.tokens
  return name === 'network' ? known.networks.map(networkWord) : []
}

function ranked<T extends { readonly insert: string }>(offers: readonly T[], typed: string): T[] {
  const begins = offers.filter(({ insert }) => insert.toLowerCase().startsWith(typed))
  const contains = offers.filter(
    (offer) => !begins.includes(offer) && offer.insert.toLowerCase().includes(typed),
  )
  return [...begins, ...contains].slice(0, COMPLETIONS_MAX)
}

/** `meta` goes on with the name of a value. */
function nameText(name: string): string {
  return name === 'meta' ? 'meta.' : `${name}:`
}
