import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passwordBlock } from './password.ts'

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace@analytical.example' }

describe('a password', () => {
  test.each([
    ['11 characters', 'x7Kq2mPw9Lz', /at least 12/],
    ['129 characters', 'x'.repeat(129), /at most 128/],
    ['the e-mail address', 'ada.lovelace@analytical.example', /name or e-mail/],
    ['the e-mail address in capitals', 'ADA.LOVELACE@ANALYTICAL.EXAMPLE', /name or e-mail/],
    ['the name and a year', 'Ada Lovelace 2026', /name or e-mail/],
    ['the name over and over', 'adaadaadaada', /name or e-mail/],
    ['the company and a year', 'analytical-2026', /name or e-mail/],
  ])('of %s is refused', (_, password, words) => {
    expect(passwordBlock(password, ada)).toMatch(words)
  })

  test.each([
    ['12 characters', 'x7Kq2mPw9LzR'],
    ['128 characters', 'x'.repeat(128)],
    ['words that have little to do with the owner', 'ada likes strong tea at noon'],
    ['the name of somebody else', 'charles.babbage'],
  ])('of %s passes', (_, password) => {
    expect(passwordBlock(password, ada)).toBeNull()
  })

  test('is judged by its length alone while name and address are still empty', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 140 }), (password) => {
        const isRightLength = password.length >= 12 && password.length <= 128
        expect(passwordBlock(password, { name: '', email: '' }) === null).toBe(isRightLength)
      }),
    )
  })

  test('that passes still passes with more characters of another kind', () => {
    const random = fc.stringMatching(/^[0-9#$%]{12,40}$/)
    fc.assert(
      fc.property(random, random, (password, more) => {
        expect(passwordBlock(password, ada)).toBeNull()
        expect(passwordBlock(password + more, ada)).toBeNull()
      }),
    )
  })
})
