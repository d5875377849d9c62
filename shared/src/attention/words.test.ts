import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { userId } from '../identity/session.ts'
import { assignableRoles, assignee, isFor } from './assignee.ts'
import { attentionKinds } from './attention-kind.ts'
import { attentionSorts, readAttentionSearch, writeAttentionSearch } from './attention-query.ts'
import { noteEditBlock, noteText } from './payment-note.ts'
import { tag } from './payment-tag.ts'

const ada = { id: userId.parse('u_ada'), name: 'Ada' }
const bob = { id: userId.parse('u_bob'), name: 'Bob' }

describe('a note', () => {
  const note = { author: ada, writtenAt: '2026-11-23T10:00:00.000Z' }
  const after = (minutes: number) => Date.parse(note.writtenAt) + minutes * 60_000

  test('can be changed by its author for a quarter of an hour and not a moment longer', () => {
    expect(noteEditBlock(note, { userId: ada.id, nowMs: after(15) })).toBeNull()
    expect(noteEditBlock(note, { userId: ada.id, nowMs: after(15) + 1 })).toMatch(/15 minutes/)
    expect(noteEditBlock(note, { userId: bob.id, nowMs: after(0) })).toBe(
      'Only Ada could change this note.',
    )
  })

  test('has something to say, in 4,000 characters at most', () => {
    expect(noteText.safeParse('  ').success).toBe(false)
    expect(noteText.safeParse('x'.repeat(4_000)).success).toBe(true)
    expect(noteText.safeParse('x'.repeat(4_001)).success).toBe(false)
    expect(noteText.safeParse('a\0b').success).toBe(false)
  })
})

describe('a tag', () => {
  test.each([
    ['Refund', 'refund'],
    ['  wrong   network ', 'wrong-network'],
    ['größe', 'größe'],
    ['vip_2', 'vip_2'],
  ])('%j becomes %j', (typed, kept) => {
    expect(tag.parse(typed)).toBe(kept)
  })

  test.each(['', '-', 'a,b', 'a--b', '<b>', 'x'.repeat(25), 'tag:x'])('%j is none', (typed) => {
    expect(tag.safeParse(typed).success).toBe(false)
  })
})

describe('what is assigned', () => {
  const me = { userId: ada.id, roles: ['finance'] as const }

  test('waits for the person who has it, else for their role, else for everybody', () => {
    expect(isFor({ role: null, person: ada }, me)).toBe(true)
    expect(isFor({ role: 'finance', person: bob }, me)).toBe(false)
    expect(isFor({ role: 'finance', person: null }, me)).toBe(true)
    expect(isFor({ role: 'support', person: null }, me)).toBe(false)
    expect(isFor({ role: null, person: null }, me)).toBe(true)
  })

  test('never goes to those who only read', () => {
    expect(assignableRoles).toEqual(['support', 'finance', 'approver', 'admin'])
    expect(assignee.safeParse({ kind: 'role', role: 'auditor' }).success).toBe(false)
    expect(assignee.safeParse({ kind: 'role', role: 'finance' }).success).toBe(true)
  })
})

describe('the address of the queue', () => {
  test('says again what was read from it', () => {
    const query = fc.record({
      kinds: fc.uniqueArray(fc.constantFrom(...attentionKinds)),
      whose: fc.constantFrom('anyone' as const, 'mine' as const, 'me' as const, 'finance' as const),
      state: fc.constantFrom('open' as const, 'resolved' as const),
      sort: fc.constantFrom(...attentionSorts),
    })
    fc.assert(
      fc.property(query, (asked) => {
        expect(readAttentionSearch(writeAttentionSearch(asked))).toEqual({
          query: asked,
          problems: [],
        })
      }),
    )
  })

  test('names what it does not understand and uses the rest', () => {
    expect(readAttentionSearch({ kind: 'late,lost', whose: 'nobody', sort: 'size' })).toEqual({
      query: { kinds: ['late'], whose: 'nobody', state: 'open', sort: 'oldest' },
      problems: ['kind', 'sort'],
    })
  })
})
