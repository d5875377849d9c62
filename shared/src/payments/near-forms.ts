/** How a text differs from one that exists, the likeliest slip first. */
export const slips = [
  'written',
  'word',
  'mistaken',
  'swapped',
  'doubled',
  'dropped',
  'part',
  'altered',
] as const
export type Slip = (typeof slips)[number]

/** In a sentence: "Did you mean … ?", and this is what differs. */
export const slipText = {
  written: 'written another way',
  word: 'one word of the line',
  mistaken: 'a letter for a digit, or the other way round',
  swapped: 'two characters swapped',
  doubled: 'one character too many',
  dropped: 'one character missing',
  part: 'only a part of it',
  altered: 'differs in a character',
} as const satisfies Record<Slip, string>

export interface NearForm {
  /** Lower case. */
  readonly form: string
  readonly slip: Slip
}

/** Longer texts have too many neighbours, and people do not type them. */
const LENGTH_MAX = 32
const LENGTH_MIN = 4
const WORDS_MAX = 8

/**
 * What somebody may have meant who typed this order id, each form once, the likeliest slips first: other
 * separators, one word of the line, letters taken for digits, two characters swapped, one too many, one
 * missing. The text itself is none of them. A figure exchanged for another is left out: among running numbers
 * all neighbours exist.
 */
export function nearForms(text: string): readonly NearForm[] {
  const typed = text.toLowerCase().trim()
  if (typed.length < LENGTH_MIN) return []
  const slipsOf: readonly (readonly [Slip, readonly string[]])[] =
    typed.length > LENGTH_MAX ? [['word', wordsIn(typed)]] : slipsOfTyped(typed)
  const forms = new Map<string, Slip>()
  for (const [slip, made] of slipsOf) {
    for (const form of made)
      if (form !== typed && form !== '' && !forms.has(form)) forms.set(form, slip)
  }
  return [...forms].map(([form, slip]) => ({ form, slip }))
}

function slipsOfTyped(typed: string): readonly (readonly [Slip, readonly string[]])[] {
  return [
    ['written', separatedOtherwise(typed)],
    ['word', wordsIn(typed)],
    ['mistaken', mistaken(typed)],
    ['swapped', swapped(typed)],
    ['doubled', without(typed)],
    ['dropped', withOneMore(typed)],
  ]
}

/** What in a line of words may be an order id by itself. */
function wordsIn(text: string): string[] {
  const words = text.split(/[\s,;|()<>"']+/).filter((word) => /\d/.test(word))
  return words
    .filter(({ length }) => length >= LENGTH_MIN && length < text.length)
    .slice(0, WORDS_MAX)
}

function separatedOtherwise(text: string): string[] {
  const parts = text.split(/[\s_./#–—-]+|(?<=\p{L})(?=\d)/u).filter((part) => part !== '')
  return ['-', '', '_', ' ', '/', '.'].flatMap((sign) => [parts.join(sign), `#${parts.join(sign)}`])
}

const lookalikes: ReadonlyMap<string, readonly string[]> = new Map([
  ['0', ['o']],
  ['o', ['0']],
  ['1', ['l', 'i']],
  ['l', ['1']],
  ['i', ['1']],
  ['5', ['s']],
  ['s', ['5']],
  ['8', ['b']],
  ['b', ['8']],
  ['2', ['z']],
  ['z', ['2']],
])

/** One character taken for its look-alike, or all letters among figures at once. */
function mistaken(text: string): string[] {
  const single = placesIn(text).flatMap((at) =>
    (lookalikes.get(text.charAt(at)) ?? []).map(
      (other) => text.slice(0, at) + other + text.slice(at + 1),
    ),
  )
  const figures = text.replaceAll(/(?<=\d)[oli]+|[oli]+(?=\d)/g, (letters) =>
    letters.replaceAll('o', '0').replaceAll(/[li]/g, '1'),
  )
  return [figures, ...single]
}

function swapped(text: string): string[] {
  return placesIn(text).map(
    (at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  )
}

function without(text: string): string[] {
  return placesIn(text).map((at) => text.slice(0, at) + text.slice(at + 1))
}

/** Figures among figures, and any character that should have come twice. */
function withOneMore(text: string): string[] {
  return [...placesIn(text), text.length].flatMap((at) => {
    const isAmongFigures = /\d/.test(text.slice(Math.max(0, at - 1), at + 1))
    const added = isAmongFigures ? figures : [text.charAt(at - 1)]
    return added.map((character) => text.slice(0, at) + character + text.slice(at))
  })
}

const figures = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

function placesIn(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => at)
}
