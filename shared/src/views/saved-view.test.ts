import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { userId } from '../identity/session.ts'
import { anyQuery } from '../payments/payment-query.fixtures.ts'
import { everyPayment } from '../payments/payment-query.ts'
import { isViewChanged, isViewSeen, shareBlock, viewBlock } from './saved-view.ts'
import { readStoredQuery } from './saved-view-input.ts'

const [finn, fay, sue, ada] = [
  { userId: userId.parse('finn'), roles: ['finance'] as const },
  { userId: userId.parse('fay'), roles: ['finance'] as const },
  { userId: userId.parse('sue'), roles: ['support'] as const },
  { userId: userId.parse('ada'), roles: ['admin'] as const },
]
const owner = { id: finn.userId, name: 'Finn' }

describe('who sees and changes a view', () => {
  test.each([
    ['private', { owner, sharedWith: null }, { sees: [finn], changes: [finn] }],
    [
      'shared',
      { owner, sharedWith: 'finance' as const },
      { sees: [finn, fay, ada], changes: [finn, ada] },
    ],
    [
      'left to its role',
      { owner: null, sharedWith: 'finance' as const },
      { sees: [finn, fay, ada], changes: [finn, fay, ada] },
    ],
  ])('%s', (_, view, { sees, changes }) => {
    const all = [finn, fay, sue, ada]
    expect(all.filter((one) => isViewSeen(view, one))).toEqual(sees)
    const seers = all.filter((one) => isViewSeen(view, one))
    expect(seers.filter((one) => viewBlock(view, one) === null)).toEqual(changes)
  })

  test('an owner sees it without the role, and shares with no role they lack', () => {
    const former = { ...finn, roles: ['support'] as const }
    expect(isViewSeen({ owner, sharedWith: 'finance' }, former)).toBe(true)
    expect(shareBlock('finance', former)).toContain('you do not hold Finance')
    expect(shareBlock('finance', ada)).not.toBeNull()
    expect(shareBlock('finance', fay)).toBeNull()
  })
})

describe('changed since it was saved', () => {
  test('what comes back from the database is the same question', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const stored = readStoredQuery(JSON.parse(JSON.stringify(query))) ?? everyPayment
        expect(isViewChanged({ query: stored, columns: null }, { query, columns: null })).toBe(
          false,
        )
      }),
    )
  })

  test('in which order values were ticked does not matter, and which were does', () => {
    const view = { query: { ...everyPayment, statuses: ['failed', 'expired'] }, columns: null }
    const ticked = { ...everyPayment, statuses: ['expired', 'failed'] }
    expect(isViewChanged(view, { query: ticked, columns: null })).toBe(false)
    const more = { ...everyPayment, statuses: ['expired', 'failed', 'pending'] }
    expect(isViewChanged(view, { query: more, columns: null })).toBe(true)
    expect(isViewChanged(view, { query: { ...ticked, sort: 'amount_asc' }, columns: null })).toBe(
      true,
    )
  })

  test('so do the columns, and their order', () => {
    const view = { query: everyPayment, columns: ['order', 'net'] as const }
    const shown = (columns: ('order' | 'net')[] | null) =>
      isViewChanged(view, { query: everyPayment, columns })
    expect(shown(null)).toBe(false)
    expect(shown(['order', 'net'])).toBe(false)
    expect(shown(['net', 'order'])).toBe(true)
  })

  test('a view of an older Desk asks for nothing more than it says', () => {
    expect(readStoredQuery({ statuses: ['failed'] })).toEqual({
      ...everyPayment,
      statuses: ['failed'],
    })
    for (const stored of [null, 'failed', { statuses: 'failed' }]) {
      expect(readStoredQuery(stored)).toBeNull()
    }
  })
})
