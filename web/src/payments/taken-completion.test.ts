import { describe, expect, test } from 'vitest'
import { completeSearch } from '@desk/shared/payments/complete-search'
import { afterTaking, beginsWithTyped, isOfferedUnasked } from './taken-completion.ts'

const known = {
  statuses: [],
  types: [],
  tokens: ['USDC'],
  networks: [],
  metadataKeys: [],
  today: '2026-11-22',
}

describe('a completion that is taken', () => {
  test('stands in the place of what was begun, and the caret behind it', () => {
    const [offer] = completeSearch('ORDER-1 tok more', 11, known)
    expect(offer && afterTaking('ORDER-1 tok more', offer)).toEqual({
      text: 'ORDER-1 token: more',
      caret: 14,
    })
  })

  test.each([
    ['sta', true],
    ['token:us', true],
    // Nothing of a value is typed yet: Tab leaves the field, as people expect of it.
    ['token:', false],
    // Only contains it.
    ['reated', false],
  ])('after %j Tab alone takes it: %s', (typed, isTaken) => {
    const [offer] = completeSearch(typed, typed.length, known)
    expect(offer && beginsWithTyped(typed, offer)).toBe(isTaken)
  })
})

test.each([
  ['st', true],
  ['token:', true],
  ['token:USDC ', true],
  ['two words', true],
  ['two ', false],
  ['', false],
])('after %j completions are offered unasked: %s', (typed, isOffered) => {
  expect(isOfferedUnasked(typed, typed.length)).toBe(isOffered)
})

test('no plain id, hash or order of the kind that is pasted is offered a completion', () => {
  for (const id of ['ORDER-88271', '0x52ae4ee7', '3f0e9a52-5a0c-4c5e-9a53-0f6f3b9e1c11', 'cus_51'])
    expect(completeSearch(id, id.length, known)).toEqual([])
})
