import { describe, expect, test } from 'vitest'
import { safeReturnPath } from './return-path.ts'

describe('the way back after signing in', () => {
  test('keeps the path with every filter', () => {
    expect(safeReturnPath('/payments?status=failed&q=88%20a#x')).toBe(
      '/payments?status=failed&q=88%20a#x',
    )
  })

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'payments',
    '',
    42,
    undefined,
  ])('%j leads to the first screen, never elsewhere', (text) => {
    expect(safeReturnPath(text)).toBe('/')
  })

  test('does not lead back to the sign-in page', () => {
    expect(safeReturnPath('/sign-in?returnTo=/payments')).toBe('/')
  })
})
