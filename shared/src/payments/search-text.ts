/**
 * What free text asks for. `identifier` is one whole id, hash or address: it is looked up by equality
 * and over all time. A `prefix` is too short to be found inside a text, so it has to begin an order id or be
 * an id. All `words` have to occur, in any order. Words are lower case, the others as they were typed.
 */
export type SearchTerm =
  | { readonly kind: 'everything' }
  | { readonly kind: 'identifier'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }

/** Reads the search box. Never fails: any text asks for something. */
export function readSearchText(text: string): SearchTerm {
  const value = unwrapPasted(text)
  if (value === '') return { kind: 'everything' }
  if (looksLikeIdentifier(value)) return { kind: 'identifier', value }
  const words = splitWords(value.toLowerCase())
  if (words.length === 0) return { kind: 'everything' }
  return words.some(isIndexed) ? { kind: 'words', words } : { kind: 'prefix', value }
}

/**
 * Reduces what people paste to the thing itself: quotes and spaces around it go, and so do the words of a
 * chat around one id, hash or address; an explorer link becomes its hash or address, a checkout link its
 * payment id (and loses its secret).
 */
export function unwrapPasted(text: string): string {
  const bare = withoutQuotes(text.replace(controlCharacters, ' ').trim())
  return identifierAmongWords(bare) ?? withoutLink(bare)
}

/** The one id, hash or address that stands among words; null where there is none, or more than one. */
function identifierAmongWords(text: string): string | null {
  const words = text.split(/\s+/)
  if (words.length < 2) return null
  const bare = words.map((word) => withoutLink(withoutQuotes(word.replace(/[.,:;!?]+$/, ''))))
  const [found, ...others] = new Set(bare.filter(looksLikeIdentifier))
  return found !== undefined && others.length === 0 ? found : null
}

function withoutLink(text: string): string {
  return isLink(text) ? identifierInLink(text) : text
}

/** Whether the text is one whole UUID, transaction hash or EVM address. */
export function looksLikeIdentifier(text: string): boolean {
  return identifierForms.some((form) => form.test(text))
}

const identifierForms = [
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/i,
  /^[0-9a-f]{64}$/i,
]

const controlCharacters = /\p{Cc}+/gu

function withoutQuotes(text: string): string {
  const match = /^["'`“”‘’«»<(]+(.*?)["'`“”‘’«»>),;]+$/u.exec(text)
  // Two quoted phrases are a search for both, not one quoted thing.
  return match?.[1] !== undefined && !/["“”]/u.test(match[1]) ? match[1].trim() : text
}

function isLink(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|ethereum:|eip155:|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?\/)\S*$/i.test(
    text,
  )
}

const telling = [
  /[?&#]payment_?id=([^&#]+)/i,
  /(0x[0-9a-f]{64})(?![0-9a-f])/i,
  /(0x[0-9a-f]{40})(?![0-9a-f])/i,
  /([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i,
]

function identifierInLink(link: string): string {
  for (const form of telling) {
    const found = form.exec(link)?.[1]
    if (found !== undefined) return percentDecoded(found)
  }
  const path = link.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '')
  const last = path.split('/').findLast((segment) => segment !== '')
  return last === undefined ? link : percentDecoded(last)
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text).replace(controlCharacters, ' ').trim()
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/** Spaces divide; double quotes hold a phrase together. */
function splitWords(text: string): string[] {
  const found = [...text.matchAll(/"([^"]+)"|[^\s"]+/g)].map(([whole, phrase]) => phrase ?? whole)
  return [...new Set(found.map((word) => word.trim()))].filter((word) => word !== '')
}

/** Trigrams are taken from letters and digits only: without three in a row there is nothing to look up. */
function isIndexed(word: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(word)
}
