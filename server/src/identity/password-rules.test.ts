import { expect, test } from 'vitest'
import { newPasswordBlock } from './password-rules.ts'

const grace = { name: 'Grace Hopper', email: 'grace@navy.example' }

test.each([
  'password1234',
  'Password2026!',
  'P@ssw0rd1234',
  'qwertyqwerty',
  'qwertyuiop[]',
  '123456789012',
  'aaaaaaaaaaaa',
  'abcdefghijkl',
  'leavemealone',
  'iloveyou2026',
  'Welcome12345',
  'changeme1234',
  'administrator1',
  'SpacePay2026',
  'spacepay-desk',
])('%s is refused: it is on a list, or a pattern', async (password) => {
  expect(await newPasswordBlock(password, grace)).toMatch(/easy to guess/)
})

test('what the shared rules refuse is refused in their words', async () => {
  expect(await newPasswordBlock('short', grace)).toMatch(/at least 12/)
  expect(await newPasswordBlock('grace@navy.example', grace)).toMatch(/name or e-mail/)
})

test.each([
  'correct horse battery',
  'x7Kq2mPw9LzR',
  'a very long sentence that i like',
  'Ünïcödé ist schön!',
])('%s passes', async (password) => {
  expect(await newPasswordBlock(password, grace)).toBeNull()
})
