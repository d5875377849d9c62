import { expect, test } from 'vitest'
import { ownOrigins } from './own-origins.ts'

test('a public address is its own origin and nothing else is', () => {
  expect([...ownOrigins(new URL('https://desk.example/some/path'))]).toEqual([
    'https://desk.example',
  ])
  expect([...ownOrigins(new URL('https://localhost.example:8443'))]).toEqual([
    'https://localhost.example:8443',
  ])
})

test('on loopback every way to spell this machine is Desk, on the same port only', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    expect([...ownOrigins(new URL(`http://${host}:3000`))]).toEqual([
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
    ])
  }
  expect(ownOrigins(new URL('http://localhost'))).toContain('http://127.0.0.1')
})
