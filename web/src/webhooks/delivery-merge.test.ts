import { expect, test } from 'vitest'
import { type LoadedPage, newRows, withHead, withNewerRows } from './delivery-merge.ts'

function row(
  id: string,
  state: 'waiting' | 'processed' = 'processed',
): LoadedPage['items'][number] {
  return {
    id,
    receivedAt: '2026-11-23T10:00:00.000Z',
    verdict: 'valid',
    eventType: 'payment.updated',
    status: null,
    paymentId: null,
    withdrawalId: null,
    orderId: null,
    state,
    processedAt: null,
    problem: null,
    duplicateOf: null,
    isConflicting: false,
    secretId: null,
    remoteAddress: null,
  }
}

const page = (ids: readonly string[], nextCursor: string | null = null): LoadedPage => ({
  items: ids.map((id) => row(id)),
  nextCursor,
})

test('what came since stands above the newest known one; what is known stays where it is', () => {
  const loaded = [page(['3', 'q1', '2'], 'more'), page(['1'])]
  expect(newRows(loaded, page(['5', 'q2', '4', '3', 'q1'])).map(({ id }) => id)).toEqual([
    '5',
    'q2',
    '4',
  ])
  expect(newRows(loaded, page(['3', 'q1', '2', '1']))).toEqual([])
})

test('rows that only moved up because others left are not new', () => {
  expect(newRows([page(['9', '8'], 'more')], page(['8', '7', '6'], 'more'))).toEqual([])
})

test('a row that was waiting is shown processed where it stands, and nothing else is touched', () => {
  const waiting: LoadedPage = { items: [row('2', 'waiting'), row('1')], nextCursor: null }
  const loaded = [waiting]
  const patched = withNewerRows(loaded, page(['3', '2', '1']))
  expect(patched[0]?.items.map(({ id, state }) => [id, state])).toEqual([
    ['2', 'processed'],
    ['1', 'processed'],
  ])
  expect(withNewerRows(patched, page(['3', '2', '1']))).toBe(patched)
})

const idsOf = (pages: LoadedPage[] | null) => pages?.map(({ items }) => items.map(({ id }) => id))

test('on top of several pages what is new stands first, and no row is lost or doubled', () => {
  const loaded = [page(['6', '5', '4'], 'a'), page(['3', '2', '1'], 'b')]
  const merged = withHead(loaded, page(['8', '7', '6'], 'c'))
  expect(idsOf(merged)).toEqual([
    ['8', '7', '6', '5', '4'],
    ['3', '2', '1'],
  ])
  // Reading on goes on where it would have.
  expect(merged?.map(({ nextCursor }) => nextCursor)).toEqual(['a', 'b'])
})

test('what left the filter leaves the rows, as far down as was read', () => {
  const loaded = [page(['6', '5', '4'], 'a'), page(['3', '2', '1'], 'b')]
  expect(idsOf(withHead(loaded, page(['7', '5', '3'], 'c')))).toEqual([
    ['7', '5', '3'],
    ['2', '1'],
  ])
})

test('where more came than a page holds, or a tail ran for long, the new page stands alone', () => {
  expect(withHead([page(['3', '2'], 'a'), page(['1'])], page(['9', '8', '7'], 'b'))).toBeNull()
  const long = Array.from({ length: 499 }, (_, index) => String(1_000 - index))
  expect(withHead([page(long, 'a'), page(['1'])], page(['1001', '1000'], 'b'))).toBeNull()
})
