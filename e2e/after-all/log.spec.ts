import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { allHandedOut, otherLogsFile } from '../desk/handed-out.ts'
import { merchantSecretKey } from '../desk/sandbox.ts'
import { demoPassword } from '../desk/sign-in.ts'

test('nothing that any Desk logged during the whole run holds a secret', () => {
  const logs = [process.env['DESK_LOG'] ?? '', otherLogsFile].filter(existsSync)
  // What `start` prints for the person at the terminal names the demo's own credentials on purpose.
  const lines = logs
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.startsWith('{'))
  expect(lines.length).toBeGreaterThan(0)
  // Payment links, authenticator secrets, recovery codes, invitations: each test notes what it was given.
  const secrets = [
    merchantSecretKey,
    'whsec_',
    'otpauth:',
    'desk_session',
    'desk_sign_in',
    'desk_device',
    demoPassword,
    ...allHandedOut(),
  ]
  const telling = lines.filter((line) => secrets.some((secret) => line.includes(secret)))
  expect(telling).toEqual([])
})

test('nothing went wrong inside Desk during the whole run', () => {
  const log = readFileSync(process.env['DESK_LOG'] ?? '', 'utf8')
  const faults = log
    .split('\n')
    .filter((line) => /^\{"level":[56]0/.test(line))
    // Jobs that play an outage leave what Desk says of SpacePay: that went wrong outside of it.
    .filter((line) => !/\b(?:GET|POST) (?:payments|withdrawals)[^ ]*: /.test(line))
    // So does the job that notifies a chat which cannot be reached.
    .filter((line) => !line.includes('ChatError'))
  expect(faults).toEqual([])
})
