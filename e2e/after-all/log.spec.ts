import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { handedOutSecretsFile, merchantSecretKey } from '../desk/sandbox.ts'
import { demoPassword } from '../desk/sign-in.ts'

test('nothing that Desk logged during the whole run holds a secret', () => {
  const log = readFileSync(process.env['DESK_LOG'] ?? '', 'utf8')
  // What `start` prints for the person at the terminal names the demo's own credentials on purpose.
  const lines = log.split('\n').filter((line) => line.startsWith('{'))
  expect(lines.length).toBeGreaterThan(0)
  const handedOut = existsSync(handedOutSecretsFile)
    ? readFileSync(handedOutSecretsFile, 'utf8').split('\n').filter(Boolean)
    : []
  const secrets = [merchantSecretKey, 'whsec_', demoPassword, 'desk_session', ...handedOut]
  const telling = lines.filter((line) => secrets.some((secret) => line.includes(secret)))
  expect(telling).toEqual([])
})

test('nothing went wrong inside Desk during the whole run', () => {
  const log = readFileSync(process.env['DESK_LOG'] ?? '', 'utf8')
  const faults = log.split('\n').filter((line) => /^\{"level":[56]0/.test(line))
  expect(faults).toEqual([])
})
