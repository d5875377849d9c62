import pino from 'pino'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool } from '../../src/database.ts'
import { createAuth } from '../../src/identity/auth.ts'
import { createRequestAllowance } from '../../src/identity/request-allowance.ts'
import { sealerFor } from '../../src/kernel/sealed.ts'
import { receiveWebhooks, type BenchReception } from '../ingest/receive-webhooks.ts'
import { benchPerson } from './bench-person.ts'
import { announce, databaseUrl } from './server-process.ts'

const encryptionKey = 'bench'

/** Counted as ever, and never refused. */
const withoutEnd = { perAccount: Number.MAX_SAFE_INTEGER, perAddress: Number.MAX_SAFE_INTEGER }

/**
 * The whole product behind HTTP, with a signed-in person. The workers are left out, but for those that webhooks
 * pass through where they are to be received.
 */
export async function serveDesk({ receives }: { readonly receives: boolean }): Promise<void> {
  const connectionString = databaseUrl()
  const db = openDatabase(openPool({ connectionString, connectionsMax: 20, name: 'desk' }))
  const reads = openDatabase(
    openPool({ connectionString, connectionsMax: 10, name: 'reads', statementTimeoutMs: 3_000 }),
  )
  // The load stops at the first answer that is not 200; requests it cuts off at the end are no news.
  const log = pino({ level: 'silent' })
  const publicUrl = new URL('http://localhost')
  const allowance = createRequestAllowance({ db, now, log, limits: withoutEnd })
  const reception = receives ? receiveWebhooks(db) : noReception
  const http = await buildApp({
    db,
    reads,
    log,
    now,
    publicUrl,
    trustedProxies: [],
    allowance,
    auth: createAuth({
      db,
      publicUrl,
      encryptionKey,
      demo: false,
      passwordSignIn: true,
      singleSignOn: null,
      now,
      log,
    }),
    isMailOn: false,
    greeting: {
      environment: 'sandbox',
      signIn: { password: true, singleSignOn: null },
      demo: null,
    },
    businessDay: async () => ({ zone: 'Europe/London', cutOff: '00:00' }),
    live: { subscribe: nothing },
    payments: {
      refresh: async () => ({ outcome: 'unavailable', reason: 'not in a benchmark' }),
      readThrough: () => {},
      create: async () => Promise.reject(new Error('not in a benchmark')),
      payerLink: async () => Promise.reject(new Error('not in a benchmark')),
    },
    webhooks: reception.receiver,
    webhookConsole: {
      secrets: async () => [],
      toleranceSeconds: 300,
      environmentIds: new Set(),
      sealer: sealerFor(encryptionKey, 'webhook secret'),
      forgetSecrets: () => {},
      sandboxUrl: null,
    },
    notifications: {
      isMailOn: false,
      sealer: sealerFor(encryptionKey, 'notification channel'),
      urlFault: () => null,
    },
    readiness: { faults: async () => [] },
    withdrawals: { resolve: () => Promise.reject(new Error('No SpacePay here.')) },
    wallet: { balances: async () => ({ networks: [], readAt: null, problem: null }) },
    system: { facts: async () => Promise.reject(new Error('not in a benchmark')) },
    webFolder: null,
  })
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  await announce({ url, cookie: await signIn(url, publicUrl.origin) })
  await http.close()
  await reception.stop()
  await allowance.stop()
  await Promise.all([db.destroy(), reads.destroy()])
}

const noReception: BenchReception = {
  receiver: { receive: async () => Promise.reject(new Error('not in this benchmark')) },
  stop: async () => {},
}

async function signIn(url: string, origin: string): Promise<string> {
  const response = await fetch(new URL('/api/auth/sign-in/email', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: benchPerson.email, password: benchPerson.password }),
  })
  if (response.status !== 204) throw new Error(`Sign-in was answered with ${response.status}.`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

async function* nothing() {}

function now(): Date {
  return new Date()
}
