import { permissionsOf } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import type { Db } from '../database.ts'
import type { Actor } from './actor.ts'
import { Refusal } from './refusal.ts'
import { derivedKey, sealerFor } from './sealed.ts'
import type { Context } from './trpc.ts'

export const REQUEST_ID = 'req-42'

export function actorWith(roles: readonly Role[]): Actor {
  return {
    userId: userId.parse('u_ada'),
    name: 'Ada',
    email: 'ada@shop.example',
    sessionId: 's_ada',
    roles,
    permissions: permissionsOf(roles),
    mustEnrol: false,
    stepUpWays: ['code'],
    provedAt: new Date(),
  }
}

/** A request context over this database where nothing happens outside it: no live events, no SpacePay. */
export function contextOf(db: Db, actor: Actor | null): Context {
  return {
    db,
    reads: db,
    actor,
    sessionEnd: null,
    address: '203.0.113.7',
    audit: { unsuccessful: async () => {} },
    now: () => new Date(),
    requestId: REQUEST_ID,
    greeting: {
      environment: 'sandbox',
      businessDay: { zone: 'Europe/London', cutOff: '00:00' },
      signIn: { password: true, singleSignOn: null },
      demo: null,
    },
    publicUrl: new URL('https://desk.example'),
    factorKeys: {
      sealer: sealerFor('test encryption key', 'authenticator'),
      codeKey: derivedKey('test encryption key', 'desk recovery code v1'),
    },
    invitations: {
      links: { linkOf: (id) => `https://desk.example/invitation#${id}` },
      areMailed: false,
    },
    leaverDuties: [],
    live: { subscribe: nothing },
    payments: {
      refresh: async () => ({ outcome: 'unavailable', reason: 'no SpacePay in this test' }),
      readThrough: () => {},
      create: async () => {
        throw new Refusal('conflict', 'payment_unclear', 'no SpacePay in this test')
      },
      payerLink: async () => ({ url: 'https://pay.example/checkout' }),
    },
    withdrawals: {
      resolve: async () => {
        throw new Refusal('conflict', 'withdrawal_not_found', 'no SpacePay in this test')
      },
    },
    wallet: { balances: async () => ({ networks: [], readAt: null, problem: null }) },
    system: { facts: async () => quietSystem },
    notifications: {
      isMailOn: false,
      sealer: sealerFor('test encryption key', 'notification channel'),
      urlFault: () => null,
    },
    webhooks: {
      secrets: async () => [],
      toleranceSeconds: 300,
      environmentIds: new Set(),
      sealer: sealerFor('test encryption key', 'webhook secret'),
      forgetSecrets: () => {},
      sandboxUrl: null,
    },
  }
}

/** A system in which nothing could be read. */
export const quietSystem: SystemFacts = {
  at: '2026-11-23T09:00:00.000Z',
  version: 'test',
  webhooks: null,
  sync: null,
  upstream: {
    circuit: 'closed',
    retryAt: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    lastFailure: null,
    rateLimitedCount: 0,
    blockedUntil: null,
  },
  budget: null,
  jobs: null,
  drift: null,
  audit: null,
  withdrawals: null,
  exports: null,
  storage: null,
  live: { viewers: 0, isListening: true, delayMs: null },
  desks: null,
  migrations: null,
}

async function* nothing() {}
