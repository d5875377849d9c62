import { expect, test } from 'vitest'
import { keepAuditSearch } from './audit-address.ts'
import { exportHref, readAuditSearch, writeAuditSearch } from './audit-search.ts'

test('an address is read into a query and written back as it was', () => {
  const search = {
    actor: 'u_ada',
    action: 'person.',
    outcome: 'refused',
    subjectKind: 'payment',
    subjectId: 'pay_1',
    from: '2026-11-01',
    to: '2026-11-23',
    text: '100 % safe & sound',
  }
  const { query, problems } = readAuditSearch(keepAuditSearch({ ...search, entry: '7', else: 'x' }))
  expect(problems).toEqual([])
  expect(query).toEqual(search)
  expect(writeAuditSearch(query)).toEqual(search)
})

test('what makes no sense is left out and named', () => {
  const { query, problems } = readAuditSearch({
    outcome: 'maybe',
    subjectKind: 'ghost',
    from: '2026-02-30',
    text: 'x'.repeat(201),
    actor: 'u_ada',
  })
  expect(query).toEqual({ actor: 'u_ada' })
  expect(problems).toEqual(['outcome', 'subjectKind', 'from', 'text'])
})

test('nothing asked is an empty query', () => {
  expect(readAuditSearch(keepAuditSearch({ text: '', actor: 3 })).query).toEqual({})
})

test('the export asks the same question', () => {
  expect(exportHref({})).toBe('/exports/audit')
  const href = exportHref({ text: 'a&b=c d', outcome: 'refused', from: '2026-11-01' })
  expect(Object.fromEntries(new URL(href, 'http://desk').searchParams)).toEqual({
    text: 'a&b=c d',
    outcome: 'refused',
    from: '2026-11-01',
  })
})
