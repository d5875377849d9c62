import { expect, test } from 'vitest'
import { missReason, missText } from './miss-reason.ts'

const hash = `0x${'ab12'.repeat(16)}`

test.each([
  ['A1', 'too_short'],
  ['---', 'too_short'],
  ['x'.repeat(255), 'too_long'],
  [hash, 'hash'],
  [hash.slice(2), 'hash'],
  [hash.slice(0, 42), 'address'],
  [hash.slice(0, 41), 'hex_length'],
  ['4291f98b-d68c-4eb0-883e-6bc790a41c96', 'uuid'],
  ['4291f98b-d68c-4eb0-883e-6bc790a41c9', 'uuid_length'],
  ['4291f98b-d68c-4eb0-883e', 'uuid_length'],
  ['0x52ae…4ee7', 'shortened'],
  ['4291f98b-d6...', 'shortened'],
  [`${hash} ${hash.replace('a', 'c')}`, 'several'],
  ['zoe@example.com', 'email'],
  ['DE44 5001 0517 5407 3249 31', 'iban'],
  ['2026-11-01', 'date'],
  ['01.11.2026 12:30', 'date'],
  ['$1,204.50', 'amount'],
  ['12,50 €', 'amount'],
  ['TJRabPrwbZy45sbavfcjinPJC18kjpRTv8', 'other_network'],
  ['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'other_network'],
  ['shop.eth', 'other_network'],
  ['ORDER-10023', 'unknown'],
  ['SUB-1001-7', 'unknown'],
  ['INV-2026-11-0042', 'unknown'],
  ['10023', 'unknown'],
])('%s leads nowhere because: %s', (text, reason) => {
  expect(missReason(text)).toBe(reason)
})

test('a hash or address of the wrong length is told by how many digits it has', () => {
  expect(missText('hex_length', hash.slice(0, -1))).toBe(
    '63 digits after 0x where a hash has 64: something was cut off when copying.',
  )
  expect(missText('hex_length', `${hash.slice(0, 42)}a`)).toMatch(
    /^41 digits .* an address has 40: something came twice/,
  )
})
