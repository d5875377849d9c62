import * as fc from 'fast-check'
import { amountCents } from '../money/amount-cents-schema.ts'
import { parseSearch } from './parse-search.ts'
import { type PaymentQuery, paymentSorts } from './payment-query.ts'
import { judgements, type PaymentTerm, termNames } from './payment-term.ts'
import { paymentTerm } from './payment-term-schema.ts'
import { printTerms } from './print-search.ts'

const word = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '' && text.length <= 64)
  .filter((text) => !/[,\0]/.test(text))
const words = fc.uniqueArray(word, { maxLength: 5 })
const networks = fc.uniqueArray(
  fc.constantFrom('eip155:1', 'eip155:8453', 'eip155:999', 'tron:0x2b6653dc', 'Atlantis'),
  { maxLength: 3 },
)
/** Free words as a search leaves them: neither names nor signs of the grammar, one space between. */
const text = fc
  .array(fc.oneof(word, fc.constantFrom('ORDER-1', '"two words"', '0xab')), { maxLength: 4 })
  .map((parts) => parts.join(' '))
  .filter((joined) => parseSearch(joined).query.text === joined)
  .filter(
    (joined) =>
      parseSearch(joined).faults.length === 0 && parseSearch(joined).query.terms.length === 0,
  )
const cents = fc.option(fc.nat(10 ** 12).map((value) => amountCents.parse(value)))
const day = fc.option(
  fc
    .date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
)

const said = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((value) => !value.includes('\0') && value.trim() !== '')
const term: fc.Arbitrary<PaymentTerm> = fc
  .record({ name: fc.constantFrom(...termNames), key: said, value: said, isNot: fc.boolean() })
  .map((made) => ({ ...made, key: made.name === 'meta' ? made.key : null }))
  .map((made) => (made.name === 'has' ? { ...made, value: 'tag' } : made))
  .filter((made) => paymentTerm.safeParse(made).success)
  // Values that the grammar itself would refuse, such as `-amount:cheap`, never get into a query.
  .filter((made) => {
    const { query, faults } = parseSearch(printTerms([made]))
    return faults.length === 0 && JSON.stringify(query.terms) === JSON.stringify([made])
  })

/** Any query there can be, ranges that exclude each other included. */
export const anyQuery: fc.Arbitrary<PaymentQuery> = fc.record({
  text: text.filter((value) => value.length <= 300),
  statuses: words,
  types: words,
  tokens: words,
  networks,
  minCents: cents,
  maxCents: cents,
  createdFrom: day,
  createdTo: day,
  createdPreset: fc.option(fc.constantFrom('today', 'last-7d', 'last-12d', 'last-month')),
  judgements: fc.subarray([...judgements]),
  terms: fc.uniqueArray(term, { maxLength: 5, selector: (made) => JSON.stringify(made) }),
  sort: fc.constantFrom(...paymentSorts),
})

/** Whether no part of the query makes another pointless. */
export function isCoherent(query: PaymentQuery): boolean {
  const { minCents, maxCents, createdFrom, createdTo, createdPreset } = query
  return (
    (minCents === null || maxCents === null || minCents <= maxCents) &&
    (createdFrom === null || createdTo === null || createdFrom <= createdTo) &&
    (createdPreset === null || (createdFrom === null && createdTo === null))
  )
}
