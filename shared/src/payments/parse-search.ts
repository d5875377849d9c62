import { isDayPreset } from '../time/day-preset.ts'
import { everyPayment, type PaymentQuery } from './payment-query.ts'
import { judgements, type TermName } from './payment-term.ts'
import { printedValue, quoted, scanSearch, type SearchPiece } from './scan-search.ts'
import { nearest, networkOfWord, searchFields } from './search-fields.ts'
import { measureFault } from './search-measures.ts'
import { amountLimits, dayLimits } from './search-ranges.ts'
import { condition, fault, type Reading, withTerm } from './search-reading.ts'

/** A part of a search that was not understood: where it stands, why, and what was perhaps meant. */
export interface SearchFault {
  readonly start: number
  readonly end: number
  readonly message: string
  /** To put in its place; null when nothing is near. */
  readonly suggestion: string | null
}

/** Values that exist, by which a slip is told from something new. Without them any value is taken. */
export interface KnownValues {
  readonly statuses: readonly string[]
  readonly types: readonly string[]
  readonly tokens: readonly string[]
  readonly networks: readonly string[]
}

/**
 * Reads a search as people type it into the query that it means. What is not understood is left out
 * and named; the rest holds. Cf. `printSearch`, its inverse.
 */
export function parseSearch(
  text: string,
  known: KnownValues | null = null,
): { query: PaymentQuery; faults: SearchFault[] } {
  const faults: SearchFault[] = []
  const words: string[] = []
  let query = everyPayment
  for (const piece of scanSearch(text)) {
    const read = readPiece(piece, known)
    if (read.kind === 'fault') faults.push({ start: piece.start, end: piece.end, ...read })
    else if (read.kind === 'word') words.push(read.word)
    else {
      const joined = read.into(query)
      if (typeof joined === 'string')
        faults.push({ ...fault(joined), start: piece.start, end: piece.end })
      else query = joined
    }
  }
  return { query: { ...query, text: words.join(' ') }, faults: faults.map(onlyFault) }
}

function readPiece(piece: SearchPiece, known: KnownValues | null): Reading {
  if (piece.isOpen) return fault('The quote is not closed.', `${piece.raw}"`)
  const { name } = piece
  if (name === null || isLink(piece)) return freeWord(piece)
  const field = searchFields.find((one) => one.name === name)
  if (!field || (name === 'meta') !== (piece.key !== null)) return unknownName(piece)
  if (piece.value.trim() === '') {
    return fault(`${name}: needs a value, such as ${field.example}.`)
  }
  return readers[name]?.(piece, known) ?? unknownName(piece)
}

/** What is pasted: links, and networks' addresses such as `eip155:1:0x…`. */
function isLink({ raw, name }: SearchPiece): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(raw) || name === 'ethereum' || name === 'eip155'
}

function freeWord({ raw, value, isNot }: SearchPiece): Reading {
  if (!isNot) return { kind: 'word', word: raw }
  return condition((query) => withTerm(query, { name: 'text', key: null, value, isNot }))
}

function unknownName({ raw, name, key, value, isNot }: SearchPiece): Reading {
  if (name === 'meta')
    return fault('meta needs the name of a value, such as meta.customer_id:cus_51.')
  const called = key === null ? `${name}` : `${name}.${key}`
  const near = nearest(
    called,
    searchFields.map((field) => field.name),
  )
  if (near === null) {
    return fault(
      `There is no "${called}:". Put the text in quotes to look for it as it is.`,
      `${isNot ? '-' : ''}${quoted(raw)}`,
    )
  }
  return fault(
    `There is no "${called}:". Did you mean ${near}:?`,
    `${isNot ? '-' : ''}${near}:${value === '' ? '' : printedValue(value)}`,
  )
}

type FieldReader = (piece: SearchPiece, known: KnownValues | null) => Reading

const readers: Readonly<Record<string, FieldReader>> = {
  status: listReader('status', 'statuses', (word) => word),
  type: listReader('type', 'types', (word) => word),
  token: listReader('token', 'tokens', (word) => word),
  network: listReader('network', 'networks', networkOfWord),
  is: readJudgements,
  amount: readAmount,
  created: readCreated,
  completed: readCompleted,
  reached: measureReader('reached'),
  confirm: measureReader('confirm'),
  hour: measureReader('hour'),
  order: termReader('order'),
  address: termReader('address'),
  from: termReader('from'),
  tx: termReader('tx'),
  meta: termReader('meta'),
  has: readHas,
  tag: termReader('tag'),
  assignee: termReader('assignee'),
}

type ListName = 'statuses' | 'types' | 'tokens' | 'networks'

function listReader(name: TermName, list: ListName, normal: (word: string) => string): FieldReader {
  return ({ value, isNot }, known) => {
    const given = value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
    if (given.length === 0) return fault(`${name}: needs a value.`)
    const words = given.map((word) => knownForm(normal(word), known?.[list]))
    const strange = given.find((_, index) => words[index] === null)
    if (strange !== undefined) {
      const field = searchFields.find((one) => one.name === name)
      const near = nearest(
        strange,
        [...(known?.[list] ?? []), ...(field?.values ?? [])].map((word) => word.toLowerCase()),
      )
      return fault(
        `No payment has ever had the ${name} "${strange}".${near === null ? '' : ` Did you mean ${near}?`}`,
        near === null
          ? null
          : `${isNot ? '-' : ''}${name}:${printedValue(given.map((word) => (word === strange ? near : word)).join(','))}`,
      )
    }
    const found = words.filter((word) => word !== null)
    return condition((query) =>
      isNot
        ? found.reduce<PaymentQuery | string>(
            (into, word) =>
              typeof into === 'string'
                ? into
                : withTerm(into, { name, key: null, value: word, isNot }),
            query,
          )
        : { ...query, [list]: [...new Set([...query[list], ...found])] },
    )
  }
}

/** The word as it is known, in whatever case it was typed; null when it is not among the known ones. */
function knownForm(word: string, known: readonly string[] | undefined): string | null {
  if (known === undefined) return word
  return known.find((one) => one.toLowerCase() === word.toLowerCase()) ?? null
}

function readJudgements({ value, isNot }: SearchPiece): Reading {
  const given = value
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
  const found = judgements.filter((one) => given.includes(one))
  const strange = given.find((word) => !judgements.some((one) => one === word))
  if (strange !== undefined) {
    const near = nearest(strange, judgements)
    return fault(
      `is: takes ${judgements.join(', ')}.`,
      near === null ? null : `${isNot ? '-' : ''}is:${near}`,
    )
  }
  return condition((query) =>
    isNot
      ? found.reduce<PaymentQuery | string>(
          (into, word) =>
            typeof into === 'string'
              ? into
              : withTerm(into, { name: 'is', key: null, value: word, isNot }),
          query,
        )
      : {
          ...query,
          judgements: judgements.filter(
            (one) => found.includes(one) || query.judgements.includes(one),
          ),
        },
  )
}

function readHas(piece: SearchPiece): Reading {
  const value = piece.value.toLowerCase()
  if (value !== 'note' && value !== 'tag')
    return fault('has: takes note or tag.', `has:${nearest(value, ['note', 'tag']) ?? 'note'}`)
  return termReader('has')({ ...piece, value }, null)
}

function measureReader(name: 'reached' | 'confirm' | 'hour'): FieldReader {
  return (piece) => {
    const value = piece.value.toLowerCase()
    const problem = measureFault(name, value)
    return problem === null ? termReader(name)({ ...piece, value }, null) : fault(problem)
  }
}

function termReader(name: TermName): FieldReader {
  return ({ value, key, isNot }) =>
    condition((query) => withTerm(query, { name, key, value, isNot }))
}

function readAmount({ value, isNot }: SearchPiece): Reading {
  const limits = amountLimits(value)
  if (limits === null) {
    return fault('amount: takes dollars, such as 149.99, >100, <=20 or 10..20.')
  }
  const { min, max } = limits
  if (min !== null && max !== null && min > max) {
    return fault('The smallest amount is above the largest.')
  }
  return condition((query) => {
    if (isNot) return withTerm(query, { name: 'amount', key: null, value, isNot })
    if (query.minCents !== null || query.maxCents !== null) {
      return 'The amount is asked for already. Use one range, such as amount:10..20.'
    }
    return { ...query, minCents: min, maxCents: max }
  })
}

function readCreated({ value, isNot }: SearchPiece): Reading {
  const word = value.toLowerCase()
  const isPreset = isDayPreset(word)
  const days = isPreset ? null : dayLimits(word)
  const notDays = daysFault('created', word)
  if (notDays !== null) return fault(notDays)
  return condition((query) => {
    if (isNot) return withTerm(query, { name: 'created', key: null, value: word, isNot })
    if (query.createdFrom !== null || query.createdTo !== null || query.createdPreset !== null) {
      return 'The days are asked for already. Use one range, such as created:2026-04-01..2026-04-30.'
    }
    return isPreset
      ? { ...query, createdPreset: word }
      : { ...query, createdFrom: days?.from ?? null, createdTo: days?.to ?? null }
  })
}

function readCompleted({ value, isNot }: SearchPiece): Reading {
  const word = value.toLowerCase()
  const notDays = daysFault('completed', word)
  if (notDays !== null) return fault(notDays)
  return condition((query) => withTerm(query, { name: 'completed', key: null, value: word, isNot }))
}

/** Why these are no days to look for; null where they are. */
function daysFault(name: 'created' | 'completed', word: string): string | null {
  if (isDayPreset(word)) return null
  const days = dayLimits(word)
  if (days === null) {
    return `${name}: takes a day such as 2026-04-01, a month such as 2026-04, a range such as 2026-04-01..2026-04-30, or last-7d, today, this-month and the like.`
  }
  return days.from && days.to && days.from > days.to ? 'The first day is after the last.' : null
}

function onlyFault({ start, end, message, suggestion }: SearchFault): SearchFault {
  return { start, end, message, suggestion }
}
