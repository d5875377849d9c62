import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readExactJson, snapshotIn } from './exact-json.ts'
import { snapshotDiff } from './snapshot-diff.ts'

function changes(before: string, after: string) {
  const [was, is] = [readExactJson(before), readExactJson(after)]
  if (!was || !is) throw new Error('not JSON')
  return snapshotDiff(was.value, is.value)
}

test('names the fields that differ, that came and that went', () => {
  const before =
    '{"id":"p","status":"pending","receipt":null,"old":1,"quotes":[{"s":"a"},{"s":"b"}]}'
  const after = '{"id":"p","status":"completed","receipt":{"n":12},"quotes":[{"s":"a"},{"s":"c"}]}'
  expect(changes(before, after)).toEqual([
    { path: 'status', before: '"pending"', after: '"completed"' },
    { path: 'receipt.n', before: null, after: '12' },
    { path: 'quotes[1].s', before: '"b"', after: '"c"' },
    { path: 'receipt', before: 'null', after: null },
    { path: 'old', before: '1', after: null },
  ])
})

test('every digit of a number counts, also beyond what a double holds', () => {
  expect(changes('{"amount":9007199254740993}', '{"amount":9007199254740992}')).toHaveLength(1)
  expect(changes('{"amount":1.10}', '{"amount":1.1}')).toEqual([
    { path: 'amount', before: '1.10', after: '1.1' },
  ])
  expect(changes('{"text":"12 \\" 13"}', '{"text":"12 \\" 14"}')).toHaveLength(1)
})

test('whatever JSON it is, it does not differ from itself, nor by the order of its fields', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(changes(text, text)).toEqual([])
    }),
  )
  expect(changes('{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}')).toEqual([])
})

test('an event is about its payment, its withdrawal, or whatever it holds', () => {
  const inside = (text: string) => {
    const read = readExactJson(text)
    return read && snapshotIn(read.value)
  }
  expect(inside('{"type":"t","data":{"payment":{"id":"p"}}}')).toEqual(new Map([['id', 'p']]))
  expect(inside('{"type":"t","data":{"withdrawal":{"id":"w"}}}')).toEqual(new Map([['id', 'w']]))
  expect(inside('{"event":"t","data":{"id":"flat"}}')).toEqual(new Map([['id', 'flat']]))
  expect(inside('[]')).toEqual([])
})

test('what is no JSON is none, also where only a number is misspelt', () => {
  expect(readExactJson('{"a":')).toBeNull()
  expect(readExactJson('{"a":01}')).toBeNull()
  expect(readExactJson('{"a":1-2}')).toBeNull()
})
