import { describe, expect, test } from 'vitest'
import { entryDiff } from './entry-diff.ts'

test('what changed is told from what stayed, and each side keeps its own value', () => {
  const before = JSON.stringify({ roles: ['finance'], state: 'active', gone: 1 })
  const after = JSON.stringify({ roles: ['approver', 'finance'], state: 'active', fresh: true })
  expect(entryDiff(before, after)).toEqual([
    { name: 'roles', before: 'finance', after: 'approver, finance', change: 'changed' },
    { name: 'state', before: 'active', after: 'active', change: 'same' },
    { name: 'gone', before: '1', after: null, change: 'removed' },
    { name: 'fresh', before: null, after: 'yes', change: 'added' },
  ])
})

describe('an entry with one side', () => {
  test('tells that side', () => {
    expect(entryDiff(null, '{"endedSessions":2,"voided":[]}')).toEqual([
      { name: 'endedSessions', before: null, after: '2', change: 'added' },
      { name: 'voided', before: null, after: 'none', change: 'added' },
    ])
    expect(entryDiff('{"name":""}', null)).toEqual([
      { name: 'name', before: 'nothing', after: null, change: 'removed' },
    ])
  })

  test('or none has nothing to tell', () => {
    expect(entryDiff(null, null)).toEqual([])
    expect(entryDiff('{}', '{}')).toEqual([])
  })
})

test('deeper values stay exact', () => {
  expect(entryDiff(null, '{"voided":[{"kind":"invitation"}],"filter":{"text":"x"}}')).toEqual([
    { name: 'voided', before: null, after: '{"kind":"invitation"}', change: 'added' },
    { name: 'filter', before: null, after: '{"text":"x"}', change: 'added' },
  ])
})

test('text that is no object is shown as it is', () => {
  expect(entryDiff('not json', '"word"')).toEqual([
    { name: '', before: 'not json', after: 'word', change: 'changed' },
  ])
})

test('names that mean something to JavaScript are names like others', () => {
  const rows = entryDiff('{"__proto__":"a","constructor":"b"}', '{"constructor":"b"}')
  expect(rows).toContainEqual({ name: 'constructor', before: 'b', after: 'b', change: 'same' })
})

test.each(['{"a":[1,{"b":null}],"c":{}}', '[1,2]', '"word"', '0', 'null', '', 'not json'])(
  'the same text on both sides (%j) is no change',
  (text) => {
    expect(entryDiff(text, text).filter(({ change }) => change !== 'same')).toEqual([])
  },
)
