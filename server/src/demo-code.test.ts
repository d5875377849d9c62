import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { authenticatorCode } from './identity/authenticator.ts'
import { demoAuthenticatorSecret } from './identity/demo-factors.ts'

const email = 'approver@desk.test'

test('pnpm demo:code prints the code that the person’s app would show now', () => {
  const before = new Date()
  const { status, stdout } = demoCode(email)
  const shown = [before, new Date()].map((at) =>
    authenticatorCode(demoAuthenticatorSecret(email), at),
  )
  expect(status).toBe(0)
  expect(shown).toContain(stdout.trim())
})

test.each([[[]], [['ada@shop.example']], [['nobody@desk.test']], [[email, email]]])(
  'pnpm demo:code %j is refused with the names it knows',
  (given) => {
    const { status, stdout, stderr } = demoCode(...given)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('Usage: pnpm demo:code <one of support@desk.test, ')
  },
)

function demoCode(...given: readonly string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'demo-code.ts'), ...given], {
    encoding: 'utf8',
  })
}
