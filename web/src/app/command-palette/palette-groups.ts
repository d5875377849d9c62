import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { LIKELY, matchText, type Match, SURE } from './match-text.ts'

/** One line of the palette, ready to be chosen. */
export interface PaletteOption {
  /** Unlike that of every other line. */
  readonly key: string
  readonly name: string
  readonly words?: string | undefined
  readonly detail?: string | undefined
  readonly icon: LucideIcon
  /** Of what Desk found: whether the text is its own id. Undefined for what the browser knows by itself. */
  readonly isExact?: boolean | undefined
  readonly row?: ReactNode
  readonly run: () => void | Promise<void>
}

export interface PaletteGroup {
  readonly heading: string
  readonly options: readonly PaletteOption[]
}

interface Material {
  /** Known at once, in the order in which they are shown. */
  readonly offers: readonly PaletteGroup[]
  /** Null until they are read. */
  readonly lists: readonly PaletteGroup[] | null
  /** What Desk found, as it ranks it; null until it answers. */
  readonly found: readonly PaletteGroup[] | null
}

interface Meaning {
  readonly groups: readonly PaletteGroup[]
  /** More is on its way, and stands below. */
  readonly isPending: boolean
}

const SHOWN_MAX = 6

/**
 * What a text means, best first. Nothing is put above what is on screen already: until the lists are there
 * only what surely matches is shown, and what Desk finds comes below. A text that looks like an id is no
 * menu's: there what Desk finds comes first, and the rest follows once that is known.
 */
export function meaningOf(text: string, { offers, lists, found }: Material): Meaning {
  const ranked = [...offers, ...(lists ?? [])].flatMap((group) => rankedGroup(group, text))
  const best = Math.max(0, ...ranked.map(({ match }) => match))
  const floor = lists === null ? SURE : best >= LIKELY ? LIKELY : 0
  const named = ranked
    .filter(({ match }) => match >= floor)
    .toSorted((one, other) => rankOf(other) - rankOf(one))
    .map(({ heading, matches }) => ({
      heading,
      options: matches.filter(({ match }) => match >= Math.min(floor, LIKELY)).map(optionOf),
    }))
  const answers = (found ?? []).filter(({ options }) => options.length > 0)
  if (looksLikeId(text)) {
    return { groups: found === null ? [] : [...answers, ...named], isPending: found === null }
  }
  return {
    groups: lists === null ? named : [...named, ...answers],
    isPending: lists === null || found === null,
  }
}

/** Ids, hashes, addresses, links and order numbers; few words hold a digit. */
export function looksLikeId(text: string): boolean {
  return /\d/.test(text) || /^\S{25,}$/.test(text.trim())
}

function rankedGroup({ heading, options }: PaletteGroup, text: string): Ranked[] {
  const matches = options
    .map((option) => ({ option, match: matchText(text, option) }))
    .filter(({ match }) => match > 0)
    .toSorted((one, other) => other.match - one.match)
    .slice(0, SHOWN_MAX)
  const [first] = matches
  return first === undefined ? [] : [{ heading, match: first.match, matches }]
}

interface Ranked {
  readonly heading: string
  /** Of its best. */
  readonly match: Match
  readonly matches: readonly Matched[]
}

interface Matched {
  readonly option: PaletteOption
  readonly match: Match
}

/** Groups that surely match keep their order; they may be on screen before the lists are there. */
function rankOf({ match }: Ranked): number {
  return Math.min(match, SURE)
}

function optionOf({ option }: Matched): PaletteOption {
  return option
}
