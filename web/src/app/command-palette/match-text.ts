/** How well something matches, 0 for not at all. The whole part says how sure it is, as below. */
export type Match = number

/** Every word typed begins a word of the name. */
export const SURE: Match = 3
/** Further words begin so, or the name holds it inside or as an abbreviation. */
export const LIKELY: Match = 2
/** With a letter wrong or some left out. */
const GUESSED: Match = 1

/** Longer texts name nothing that a menu holds. */
const LONGEST = 80

/**
 * How well a typed text matches a name and the further words that people may type for it. Case, accents
 * and the order of words do not matter; each word has to be found.
 */
export function matchText(typed: string, { name, words = '' }: Named): Match {
  const asked = wordsIn(typed)
  if (asked.length === 0 || typed.length > LONGEST) return 0
  const named = wordsIn(name)
  const further = wordsIn(words)
  const matches = asked.map((word) => matchWord(word, { named, further }))
  const least = Math.min(...matches)
  if (least > 0) {
    const closeness = matches.reduce((sum, match) => sum + (match % 1), 0) / matches.length
    return Math.floor(least) + closeness
  }
  return isAbbreviation(asked.join(''), named) ? LIKELY : 0
}

interface Named {
  readonly name: string
  readonly words?: string | undefined
}

/** Words in small letters without accents. */
export function wordsIn(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđı]/g, (letter) => plainLetters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Letters that are no accented ones to Unicode, and are typed so all the same. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}

interface Words {
  readonly named: readonly string[]
  readonly further: readonly string[]
}

function matchWord(word: string, { named, further }: Words): Match {
  return (
    best(named, (one) => (one.startsWith(word) ? SURE + closeness(word, one) : 0)) ||
    best(further, (one) => (one.startsWith(word) ? LIKELY + closeness(word, one) : 0)) ||
    best(named, (one) => (word.length >= 3 && one.includes(word) ? LIKELY : 0)) ||
    (isAbbreviation(word, named) ? LIKELY : 0) ||
    best(named, (one) => (isNearly(word, one) ? GUESSED + 0.5 : 0)) ||
    best(further, (one) => (isNearly(word, one) ? GUESSED : 0))
  )
}

function best(words: readonly string[], match: (word: string) => Match): Match {
  return Math.max(0, ...words.map(match))
}

/** Below 1: the more of the word was typed, the closer. */
function closeness(typed: string, word: string): number {
  return (typed.length / word.length) * 0.99
}

/** `np` and `npay` for "New payment": beginnings of words that follow one another. */
function isAbbreviation(letters: string, words: readonly string[]): boolean {
  if (letters.length < 2) return false
  const goesOn = (left: string, at: number): boolean => {
    if (left === '') return true
    const word = words[at]
    if (word === undefined) return false
    for (let taken = sharedBeginning(left, word); taken > 0; taken -= 1) {
      if (goesOn(left.slice(taken), at + 1)) return true
    }
    return goesOn(left, at + 1)
  }
  return goesOn(letters, 0)
}

function sharedBeginning(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

/** A letter wrong, swapped, missing or too many, or only the letters that stand out: `pymnt`. */
function isNearly(typed: string, word: string): boolean {
  if (typed[0] !== word[0] || typed.length < 4) return false
  const beginnings = [-1, 0, 1].map((more) => word.slice(0, typed.length + more))
  return beginnings.some((one) => isOneSlip(typed, one)) || isThinned(typed, word)
}

function isOneSlip(typed: string, word: string): boolean {
  const start = sharedBeginning(typed, word)
  const [left, right] = [typed.slice(start), word.slice(start)]
  return (
    left.slice(1) === right.slice(1) ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    (left.slice(0, 2) === `${right[1]}${right[0]}` && left.slice(2) === right.slice(2))
  )
}

/** All letters in their order, and more than half of the word. */
function isThinned(typed: string, word: string): boolean {
  if (typed.length * 2 <= word.length) return false
  let at = 0
  for (const letter of word) if (letter === typed[at]) at += 1
  return at === typed.length
}
