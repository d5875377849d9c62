import { callTRPCProcedure, TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '@desk/shared/identity/roles'
import { appRouter } from '../app-router.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import type { Context } from '../kernel/trpc.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

type Caller = Role | 'nobody'
const callers: readonly Caller[] = ['nobody', ...roles]

const everyone = callers
const signedIn = roles

/**
 * Who may call what, written out a second time by hand: this is the decision, the router and the
 * shared table only carry it out. A new procedure needs its row here.
 */
const allowed: Record<string, readonly Caller[]> = {
  'audit.list': ['admin', 'auditor'],
  'audit.history': signedIn,
  'audit.people': ['admin', 'auditor'],
  'audit.head': ['admin', 'auditor'],
  'identity.greeting': everyone,
  'identity.me': signedIn,
  'profile.read': signedIn,
  'profile.startAuthenticator': signedIn,
  'profile.confirmAuthenticator': signedIn,
  'profile.removeAuthenticator': signedIn,
  'profile.passkeyOptions': signedIn,
  'profile.addPasskey': signedIn,
  'profile.removePasskey': signedIn,
  'profile.makeRecoveryCodes': signedIn,
  'profile.changeName': signedIn,
  'profile.changePassword': signedIn,
  'profile.sessions': signedIn,
  'profile.endSession': signedIn,
  'profile.endOtherSessions': signedIn,
  'payments.list': signedIn,
  'payments.summary': signedIn,
  'payments.facets': signedIn,
  'payments.detail': signedIn,
  'payments.find': signedIn,
  'payments.changes': signedIn,
  'payments.pulse': signedIn,
  'payments.refresh': ['support', 'finance', 'admin'],
}

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const { _def: declared } = appRouter
const procedures = Object.keys(declared.procedures).toSorted()

test('every procedure of the router stands in the written table, and nothing else does', () => {
  expect(procedures).toEqual(Object.keys(allowed).toSorted())
})

describe.each(procedures)('%s', (path) => {
  test.each(callers)('answers %s as the written table says', async (caller) => {
    const expected = (allowed[path] ?? []).includes(caller) ? 'let in' : refusalOf(caller)
    expect(await outcomeOf(path, caller)).toBe(expected)
  })

  test('adds up the roles of a person who holds several', async () => {
    const some = roles.some((role) => (allowed[path] ?? []).includes(role))
    expect(await outcomeOf(path, ...roles)).toBe(some ? 'let in' : 'FORBIDDEN')
  })

  test('lets a person without any role do no more than a visitor', async () => {
    const visitors = (allowed[path] ?? []).includes('nobody')
    expect(await outcomeOf(path)).toBe(visitors ? 'let in' : 'FORBIDDEN')
  })
})

function refusalOf(caller: Caller): 'UNAUTHORIZED' | 'FORBIDDEN' {
  return caller === 'nobody' ? 'UNAUTHORIZED' : 'FORBIDDEN'
}

/** The door comes before the input: whoever is let in without any input is answered or told that it is missing. */
async function outcomeOf(path: string, ...held: readonly Caller[]): Promise<string> {
  const actor = held.includes('nobody') ? null : actorWith(held.filter(isRole))
  try {
    await call(path, contextOf(database.db, actor))
    return 'let in'
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    if (error.code === 'BAD_REQUEST') return 'let in'
    // The procedure's own rules came to speak, so the door was open.
    if (error.code === 'CONFLICT' || error.code === 'NOT_FOUND') return 'let in'
    if (error.code === 'UNAUTHORIZED' || error.code === 'FORBIDDEN') return error.code
    throw error
  }
}

async function call(path: string, ctx: Context): Promise<unknown> {
  for (const type of ['query', 'mutation', 'subscription'] as const) {
    try {
      return await callTRPCProcedure({
        router: appRouter,
        path,
        type,
        ctx,
        getRawInput: async () => undefined,
        signal: undefined,
        batchIndex: 0,
      })
    } catch (error) {
      const otherType = error instanceof TRPCError && error.message.startsWith(`No "${type}"`)
      if (!otherType) throw error
    }
  }
  throw new Error(`${path} is no procedure`)
}

function isRole(caller: Caller): caller is Role {
  return caller !== 'nobody'
}
