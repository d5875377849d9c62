import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { startSandbox } from '@desk/sandbox/start-sandbox'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import { webhookRoute } from '../http/webhook-route.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { eventBody, personWith } from './console.fixtures.ts'
import {
  createWebhookReceiver,
  type IncomingWebhook,
  type WebhookReceiver,
} from './receive-webhook.ts'
import { openSecretBook } from './secret-book.ts'
import { signed, signedAt, vector } from './signing.fixtures.ts'
import { secretIdOf } from './verify-signature.ts'

const createCaller = createCallerFactory(appRouter)
const second = 'whsec_the_second_one'

describe('what the settings say', () => {
  test('is where SpacePay delivers, each secret by its end and what it verified, and what Desk holds to', async () => {
    await using desk = await arrange()
    const { id } = await desk.settings.addSecret({ label: 'Shop, from December', secret: second })
    for (const [secret, eventId] of [
      [vector.secret, 'one'],
      [second, 'two'],
      [second, 'three'],
    ] as const) {
      const webhook = signed({ body: eventBody({}), secret, eventId })
      expect(await desk.receive(webhook)).toBe(200)
    }
    await desk.usesWritten()
    expect(await desk.settings.read()).toEqual({
      endpointUrl: `https://desk.example${webhookPath}`,
      toleranceSeconds: 300,
      retentionMonths: 24,
      canTest: false,
      secrets: [
        {
          id,
          label: 'Shop, from December',
          lastFour: '_one',
          source: 'desk',
          state: 'verifies',
          addedAt: signedAt.toISOString(),
          addedBy: 'Ada',
          verifiesUntil: null,
          endedBy: null,
          uses: 2,
          lastUsedAt: signedAt.toISOString(),
        },
        expect.objectContaining({
          id: secretIdOf(vector.secret),
          source: 'environment',
          lastFour: vector.secret.slice(-4),
          state: 'verifies',
          addedBy: null,
          uses: 1,
        }),
      ],
    })
    expect(JSON.stringify(await desk.settings.read())).not.toContain(second.slice(0, -4))
  })

  test('follows an end that was set, moved and taken away again', async () => {
    await using desk = await arrange()
    const { id } = await desk.settings.addSecret({ label: 'Second', secret: second })
    const own = async () => (await desk.settings.read()).secrets.find((each) => each.id === id)
    const until = new Date(signedAt.getTime() + 86_400_000).toISOString()
    await desk.settings.endSecret({ id, verifiesUntil: until })
    expect(await own()).toMatchObject({ state: 'ends', verifiesUntil: until, endedBy: 'Ada' })
    await desk.settings.endSecret({ id, verifiesUntil: null })
    expect(await own()).toMatchObject({ state: 'verifies', verifiesUntil: null })
    await desk.settings.retireSecret({ id })
    expect(await own()).toMatchObject({ state: 'ended', verifiesUntil: signedAt.toISOString() })
    await expect(desk.settings.endSecret({ id, verifiesUntil: null })).rejects.toThrow(
      'verifies nothing any more',
    )
    await expect(desk.settings.retireSecret({ id: secretIdOf(vector.secret) })).rejects.toThrow(
      'the only one without an end',
    )
  })
})

describe('for how long bytes are kept', () => {
  test('is what somebody set last, and who set it stands in the audit log', async () => {
    await using desk = await arrange()
    await desk.settings.setRetention({ months: 36 })
    expect(await desk.settings.read()).toMatchObject({ retentionMonths: 36 })
    const entries = await desk.db
      .selectFrom('audit_entry')
      .select(['action', 'actor_name', 'before', 'after'])
      .execute()
    expect(entries).toEqual([
      {
        action: 'webhook.set_retention',
        actor_name: 'Ada',
        before: JSON.stringify({ months: 24 }),
        after: JSON.stringify({ months: 36 }),
      },
    ])
  })

  test.each([2, 121, 3.5, -24])('is never %s months', async (months) => {
    await using desk = await arrange()
    await expect(desk.settings.setRetention({ months })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect(await desk.settings.read()).toMatchObject({ retentionMonths: 24 })
  })
})

describe('a test delivery', () => {
  test('comes from the sandbox as any other webhook does, and is shown as Desk kept it', async () => {
    await using desk = await arrange()
    await using endpoint = await listen(desk.db)
    await using sandbox = await startSandbox({ webhookUrl: endpoint.url })
    endpoint.trust(sandbox.webhookSecret)
    const outcome = await desk.beside(sandbox.url).sendTest()
    expect(outcome).toMatchObject({ status: 200, kept: { verdict: 'valid', reason: null } })
    const kept = await desk.db
      .selectFrom('webhook_delivery')
      .select(['id', 'event_id'])
      .executeTakeFirstOrThrow()
    expect(outcome.kept?.id).toBe(String(kept.id))
    const audited = await desk.db.selectFrom('audit_entry').select(['action', 'after']).execute()
    expect(audited).toEqual([
      { action: 'webhook.test', after: JSON.stringify({ eventId: kept.event_id }) },
    ])
  })

  test('that Desk refuses says why, and where it is kept', async () => {
    await using desk = await arrange()
    await using endpoint = await listen(desk.db)
    await using sandbox = await startSandbox({ webhookUrl: endpoint.url })
    endpoint.trust('whsec_of_somebody_else')
    expect(await desk.beside(sandbox.url).sendTest()).toMatchObject({
      status: 401,
      kept: { id: expect.stringMatching(/^q\d+$/), verdict: 'invalid_signature' },
    })
  })

  test('that goes somewhere else is told as one of which nothing arrived', async () => {
    await using desk = await arrange()
    await using elsewhere = await listen(null)
    await using sandbox = await startSandbox({ webhookUrl: elsewhere.url })
    expect(await desk.beside(sandbox.url).sendTest()).toEqual({ status: 200, kept: null })
  })

  test('is not asked for where there is none to ask, or none that knows this Desk', async () => {
    await using desk = await arrange()
    await expect(desk.settings.sendTest()).rejects.toThrow('use its dashboard')
    await using sandbox = await startSandbox()
    await expect(desk.beside(sandbox.url).sendTest()).rejects.toThrow(
      'no endpoint that is this Desk',
    )
    const { url } = sandbox
    await sandbox.close()
    await expect(desk.beside(url).sendTest()).rejects.toThrow('does not answer')
    expect(await desk.db.selectFrom('audit_entry').select('action').execute()).toEqual([])
  })
})

/** An admin at a Desk of one secret that the environment names, at the moment of the vector. */
async function arrange() {
  const database = await testDatabase()
  const { db, owner } = database
  const admin = await personWith(owner, ['admin'])
  const context = contextOf(db, { ...admin, provedAt: signedAt })
  const now = () => signedAt
  const book = await openSecretBook({
    db,
    environment: [vector.secret],
    sealer: context.webhooks.sealer,
    live: context.live,
    now,
    log: quietLog,
  })
  const settingsBeside = (sandboxUrl: URL | null) =>
    createCaller({
      ...context,
      now,
      webhooks: {
        ...context.webhooks,
        environmentIds: new Set([secretIdOf(vector.secret)]),
        forgetSecrets: book.forget,
        sandboxUrl,
      },
    }).webhookSettings
  const receiver = createWebhookReceiver({
    db,
    secrets: book.live,
    onVerified: book.used,
    now,
    log: quietLog,
    onStored: () => undefined,
  })
  return {
    db,
    settings: settingsBeside(null),
    beside: (sandboxUrl: string) => settingsBeside(new URL(sandboxUrl)),
    receive: async (webhook: IncomingWebhook) => (await receiver.receive(webhook)).status,
    /** Uses are written down a few seconds late. */
    usesWritten: book.stop,
    [Symbol.asyncDispose]: async () => {
      await book.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Where the sandbox delivers: a Desk's own receiver, or somebody else's that keeps nothing of it. */
async function listen(db: Db | null) {
  let trusted = ''
  const http = Fastify()
  const stranger: WebhookReceiver = {
    receive: async () => ({ status: 200, body: {}, headers: {} }),
  }
  const own = (kept: Db): WebhookReceiver =>
    createWebhookReceiver({
      db: kept,
      secrets: () => [trusted],
      now: () => new Date(),
      log: quietLog,
      onStored: () => undefined,
    })
  await http.register(webhookRoute, { receiver: db === null ? stranger : own(db) })
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: new URL(webhookPath, url).href,
    trust: (secret: string) => (trusted = secret),
    [Symbol.asyncDispose]: () => http.close(),
  }
}
