import { expect, test } from 'vitest'
import { metadataRows } from './metadata-rows.ts'

test('nested values get a dotted path, in the order they were written', () => {
  expect(
    metadataRows('{"customer_id":"cust_4829","cart":{"id":"c-51","items":[1,2]},"gift":{}}'),
  ).toEqual([
    { path: 'customer_id', value: 'cust_4829' },
    { path: 'cart.id', value: 'c-51' },
    { path: 'cart.items.0', value: '1' },
    { path: 'cart.items.1', value: '2' },
    { path: 'gift', value: '{}' },
  ])
})

test('what is not a JSON object is left to be shown as it came', () => {
  expect(metadataRows('note: call back')).toBeNull()
  expect(metadataRows('42')).toBeNull()
})

test('invisible characters become visible and deep nesting ends', () => {
  expect(metadataRows('{"a":"x\\u0000y"}')).toEqual([{ path: 'a', value: 'x␀y' }])
  const deep = `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`
  expect(metadataRows(deep)).toHaveLength(1)
})
