import { expect, test } from 'vitest'
import { LIKELY, matchText, SURE, wordsIn } from './match-text.ts'

const names = [
  'New payment',
  'New payment from this',
  'Needs attention',
  'Refresh from SpacePay',
  'Add a note',
  'Copy the reply for the customer',
  'Audit log',
  'Use the dark theme',
]

test.each([
  ['new', 'New payment'],
  ['pay new', 'New payment'],
  ['npay', 'New payment'],
  ['pymnt', 'New payment'],
  ['paymetn', 'New payment'],
  ['note', 'Add a note'],
  ['ADD NÓTE', 'Add a note'],
  ['adit', 'Audit log'],
  ['darktheme', 'Use the dark theme'],
  ['spacepay', 'Refresh from SpacePay'],
  ['reply', 'Copy the reply for the customer'],
])('"%s" finds "%s" first', (typed, name) => {
  const ranked = names.toSorted(
    (one, other) => matchText(typed, { name: other }) - matchText(typed, { name: one }),
  )
  expect(ranked[0]).toBe(name)
  expect(matchText(typed, { name })).toBeGreaterThan(0)
})

test('what people paste to find a payment names nothing else', () => {
  for (const pasted of ['ORDER-88271', '0x52ae4ee7', 'cus_note', 'xyz', '…', '']) {
    expect(names.filter((name) => matchText(pasted, { name }) > 0)).toEqual([])
  }
  expect(matchText('note '.repeat(400), { name: 'Add a note' })).toBe(0)
})

test('a name counts more than the words beside it, and both more than a slip of the fingers', () => {
  const byName = matchText('late', { name: 'Late payments' })
  const byWord = matchText('late', { name: 'Needs attention', words: 'overdue late stuck' })
  const bySlip = matchText('latte', { name: 'Late payments' })
  expect(byName).toBeGreaterThanOrEqual(SURE)
  expect(byWord).toBeGreaterThanOrEqual(LIKELY)
  expect(byWord).toBeLessThan(SURE)
  expect(bySlip).toBeGreaterThan(0)
  expect(bySlip).toBeLessThan(LIKELY)
})

test('letters are found however they are written', () => {
  expect(wordsIn('Søren Łuczak-Weiß, Ærø')).toEqual(['soren', 'luczak', 'weiss', 'aero'])
  expect(matchText('soren', { name: 'Søren' })).toBe(matchText('SÖREN', { name: 'Soren' }))
})

const strange = ['Ærø', 'a a b', 'éé é', 'x', 'aab ab', 'Über 500 €']

test('every beginning of a name is sure to find it, in any case', () => {
  for (const name of [...names, ...strange]) {
    for (let length = 1; length <= name.length; length += 1) {
      const typed = name.slice(0, length)
      expect(matchText(typed, { name })).toBeGreaterThanOrEqual(SURE)
      expect(matchText(typed.toUpperCase(), { name })).toBe(matchText(typed, { name }))
    }
  }
})

test('no other text matches a name better than the name itself', () => {
  for (const name of [...names, ...strange]) {
    for (const typed of [...names, ...strange]) {
      expect(matchText(typed, { name })).toBeLessThanOrEqual(matchText(name, { name }))
    }
  }
})

test('the order of the words does not matter', () => {
  for (const name of names) {
    const turned = name.split(' ').toReversed().join(' ')
    expect(matchText(turned, { name })).toBeCloseTo(matchText(name, { name }))
  }
})
