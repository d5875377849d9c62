import { expect, test } from 'vitest'
import { type Recent, RECENT_MAX, withRecent } from './recent.ts'

function payment(id: string, name = `ORDER-${id}`): Recent {
  return { kind: 'payment', id, name }
}

test('what was looked at last comes first, each thing once and as it is called now', () => {
  const looked = [payment('1'), payment('2'), payment('1', 'RENAMED')]
  const kept = looked.reduce<readonly Recent[]>(withRecent, [])
  expect(kept).toEqual([payment('1', 'RENAMED'), payment('2')])
})

test('a view is not the payment of the same id', () => {
  const view = { kind: 'view', id: '1', name: 'Late' }
  expect(withRecent([payment('1')], view)).toEqual([view, payment('1')])
})

test('the list never grows beyond its bound, nor does a name', () => {
  let kept: readonly Recent[] = []
  for (let id = 0; id < RECENT_MAX + 5; id += 1) kept = withRecent(kept, payment(String(id)))
  expect(kept).toHaveLength(RECENT_MAX)
  expect(kept[0]?.id).toBe(String(RECENT_MAX + 4))
  expect(withRecent([], payment('1', 'x'.repeat(5_000)))[0]?.name).toHaveLength(200)
})
