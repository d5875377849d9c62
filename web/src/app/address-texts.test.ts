import { expect, test } from 'vitest'
import { addressTexts } from './address-texts.ts'

test('what looks like a number, a truth or JSON stays the text that was typed', () => {
  expect(addressTexts('?q=88271&entry=007&text=true&x=null&y={"a":1}&z=1e3')).toEqual({
    q: '88271',
    entry: '007',
    text: 'true',
    x: 'null',
    y: '{"a":1}',
    z: '1e3',
  })
})

test('a key that stands twice has both texts', () => {
  expect(addressTexts('?status=failed&q=a&status=1')).toEqual({ status: ['failed', '1'], q: 'a' })
})

test('an empty address has no texts, and broken escapes stay as they are', () => {
  expect(addressTexts('')).toEqual({})
  expect(addressTexts('?q=100%&p=%41+b')).toEqual({ q: '100%', p: 'A b' })
})

test('a key may be named like something of JavaScript’s own', () => {
  expect(Object.entries(addressTexts('?__proto__=a&constructor=b'))).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ])
})
