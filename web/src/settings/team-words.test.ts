import { expect, test } from 'vitest'
import { counted, factorsText, pendingText } from './team-words.ts'

test.each([
  [{ authenticator: false, passkeys: 0 }, null],
  [{ authenticator: true, passkeys: 0 }, 'App'],
  [{ authenticator: false, passkeys: 1 }, '1 passkey'],
  [{ authenticator: true, passkeys: 2 }, 'App and 2 passkeys'],
])('%j is told as %s', (factors, text) => {
  expect(factorsText(factors)).toBe(text)
})

test('one is singular, none and many are plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'session'))).toEqual([
    '0 sessions',
    '1 session',
    '2 sessions',
  ])
})

test('what a later Desk adds to a leaver’s duties is still named', () => {
  expect(pendingText({ kind: 'invitation', label: 'a@shop.example' })).toBe(
    'the invitation for a@shop.example',
  )
  expect(pendingText({ kind: 'approval', label: 'W-1' })).toBe(
    'the approval of W-1, which then waits for somebody else',
  )
  expect(pendingText({ kind: 'wallet', label: 'W-1' })).toBe('wallet W-1')
})
