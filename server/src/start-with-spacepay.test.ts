import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { startSandbox } from '@desk/sandbox/start-sandbox'
import { demoPeople, DEMO_PASSWORD } from './identity/demo-people.ts'
import { prepareDatabase } from './migrate.ts'
import { processesAt, runStart, scratchPlace } from './testing/start-command.ts'
import { testDatabase } from './testing/test-database.ts'

vi.setConfig({ testTimeout: 120_000 })

const historyCount = 20

test('with a database and a SpacePay of its own Desk starts neither, has no demo, and says no secret', async () => {
  using place = await scratchPlace()
  await using database = await testDatabase()
  const secretKey = `sk_test_${randomBytes(12).toString('hex')}`
  await using spacepay = await startSandbox({ historyCount, overrides: { secretKey } })
  const ownerUrl = new URL(database.ownerUrl)
  ownerUrl.password = randomBytes(12).toString('hex')
  const encryptionKey = randomBytes(32)
  const webhookSecrets = [1, 2].map(() => `whsec_${randomBytes(12).toString('hex')}`)

  await using desk = runStart(place, {
    DATABASE_URL: ownerUrl.href,
    SPACEPAY_BASE_URL: spacepay.url,
    SPACEPAY_SECRET_KEY: secretKey,
    SPACEPAY_WEBHOOK_SECRETS: webhookSecrets.join(','),
    DESK_ENCRYPTION_KEY: encryptionKey.toString('hex'),
    LOG_LEVEL: 'trace',
  })
  await desk.isReady()
  await vi.waitFor(
    async () => {
      const payments = await database.owner.selectFrom('payment').select('id').execute()
      expect(payments).toHaveLength(historyCount)
    },
    { timeout: 30_000, interval: 100 },
  )

  expect(processesAt(place)).toEqual([desk.pid])
  expect(existsSync(place.dataDir)).toBe(false)
  expect(await database.owner.selectFrom('person').select('email').execute()).toEqual([])
  const base = `http://127.0.0.1:${place.port}`
  const greeting = await fetch(`${base}/trpc/identity.greeting`)
  expect(await greeting.json()).toMatchObject({ result: { data: { demo: null } } })
  for (const { email } of demoPeople) {
    const answer = await fetch(`${base}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin: `http://localhost:${place.port}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: DEMO_PASSWORD }),
    })
    expect({ email, status: answer.status }).toEqual({ email, status: 401 })
  }
  expect(await desk.endBy('SIGTERM')).toBe(0)
  expect(processesAt(place)).toEqual([])

  const { appUrl } = await prepareDatabase({ ownerUrl: database.ownerUrl, encryptionKey })
  expect(desk.output()).toMatch(/"level":20,/)
  for (const secret of [
    secretKey,
    ownerUrl.password,
    new URL(appUrl).password,
    ...webhookSecrets,
    ...(['hex', 'base64', 'base64url'] as const).map((form) => encryptionKey.toString(form)),
    DEMO_PASSWORD,
  ]) {
    expect(secret).not.toBe('')
    expect(desk.output()).not.toContain(secret)
  }
})
