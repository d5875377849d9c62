import { describe, expect, test } from 'vitest'
import { paymentId } from '@desk/shared/payments/payment'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { type LoadedPage, type LoadedRow, newRows, withNewerRows } from './live-merge.ts'

describe('rows read anew', () => {
  test('take the place of the older reading, on whichever page it stands', () => {
    const pages = [page(['d', 'c'], 'next'), page(['b', 'a'], null)]
    const patched = withNewerRows(pages, [row('b', { status: 'completed', minute: 5 })])
    expect(ids(patched)).toEqual(['d', 'c', 'b', 'a'])
    expect(patched[1]?.items[0]?.status).toBe('completed')
    expect(patched[0]).toBe(pages[0])
  })

  test('that are no newer than what is shown change nothing, so nothing is drawn again', () => {
    const pages = [page(['b', 'a'], null)]
    expect(withNewerRows(pages, [row('a', { status: 'failed', minute: 0 })])).toBe(pages)
  })

  test('stay where they are even if another order would now fit them better', () => {
    const pages = [page(['c', 'b', 'a'], null)]
    const patched = withNewerRows(pages, [row('a', { amount: 999_999, minute: 1 })])
    expect(ids(patched)).toEqual(['c', 'b', 'a'])
  })

  test('that are not loaded are not let in', () => {
    const pages = [page(['b', 'a'], null)]
    expect(withNewerRows(pages, [row('x', { minute: 9 })])).toBe(pages)
  })
})

describe('new rows', () => {
  test('are those of the first page that are not loaded', () => {
    const pages = [page(['c', 'b', 'a'], 'next')]
    expect(newIds(pages, page(['e', 'd', 'c', 'b'], 'next'))).toEqual(['e', 'd'])
  })

  test('are not those that moved up because rows above them left the filter', () => {
    const pages = [page(['e', 'd', 'c'], 'next')]
    expect(newIds(pages, page(['e', 'c', 'b'], 'next'))).toEqual([])
  })

  test('may come last once the whole list is loaded', () => {
    const pages = [page(['a', 'b'], null)]
    expect(newIds(pages, page(['a', 'b', 'c'], null))).toEqual(['c'])
  })

  test('fill the page when more arrived than it holds', () => {
    const pages = [page(['b', 'a'], 'next')]
    expect(newIds(pages, page(['f', 'e'], 'next'))).toEqual(['f', 'e'])
  })

  test('are none while the first page is as it was loaded', () => {
    const pages = [page(['b', 'a'], null)]
    expect(newIds(pages, page(['b', 'a'], null))).toEqual([])
  })
})

function page(names: readonly string[], nextCursor: string | null): LoadedPage {
  return { items: names.map((name) => row(name, {})), nextCursor }
}

function row(name: string, { status = 'pending', amount = 1_000, minute = 0 }): LoadedRow {
  return {
    id: paymentId.parse(name),
    orderId: `ORDER-${name}`,
    type: 'payment',
    status,
    amountCents: amountCents.parse(amount),
    currency: 'USD',
    netCents: null,
    merchantFeeCents: null,
    swapFeeCents: null,
    tokenSymbol: null,
    tokenDecimals: null,
    receivedBaseUnits: null,
    network: null,
    depositAddress: null,
    txHash: null,
    senderAddress: null,
    flags: [],
    createdAt: '2026-11-22T14:00:00.000Z',
    updatedAt: `2026-11-22T14:0${minute}:00.000Z`,
  }
}

function ids(pages: readonly LoadedPage[]): string[] {
  return pages.flatMap(({ items }) => items.map(({ id }) => id))
}

function newIds(pages: readonly LoadedPage[], head: LoadedPage): string[] {
  return newRows(pages, head).map(({ id }) => id)
}
