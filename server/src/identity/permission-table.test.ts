import { callTRPCProcedure, TRPCError } from '@trpc/server'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '@desk/shared/identity/roles'
import { STEP_UP_FRESH_MS } from '@desk/shared/identity/session'
import { appRouter } from '../app-router.ts'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { actorBehind, cookieOf, doorOf, hire } from './identity.fixtures.ts'

type Caller = Role | 'nobody'
const callers: readonly Caller[] = ['nobody', ...roles]

const everyone = callers
const signedIn = roles

type Row = readonly Caller[] | FreshRow
interface FreshRow {
  readonly freshly: readonly Caller[]
}

/** For a procedure that asks for a proof of at most five minutes ago, too. */
function freshly(row: readonly Caller[]): FreshRow {
  return { freshly: row }
}

/**
 * Who may call what, written out a second time by hand: this is the decision, the router and the
 * shared table only carry it out. A new procedure needs its row here.
 */
const allowed: Record<string, Row> = {
  'attention.list': signedIn,
  'attention.summary': signedIn,
  'attention.badge': ['support', 'finance', 'approver', 'admin'],
  'attention.withdrawals': ['finance', 'approver', 'admin', 'auditor'],
  'attention.ofPayment': signedIn,
  'attention.colleagues': ['support', 'finance', 'approver', 'admin'],
  'attention.assign': ['support', 'finance', 'approver', 'admin'],
  'attention.handBack': ['support', 'finance', 'approver', 'admin'],
  'attention.silences': signedIn,
  'attention.resolveSilence': ['support', 'finance', 'approver', 'admin'],
  'attention.resolve': ['support', 'finance', 'approver', 'admin'],
  'audit.list': ['admin', 'auditor'],
  'audit.entry': ['admin', 'auditor'],
  'audit.history': signedIn,
  'audit.people': ['admin', 'auditor'],
  'audit.head': ['admin', 'auditor'],
  'exports.list': ['finance', 'admin', 'auditor'],
  'exports.one': ['finance', 'admin', 'auditor'],
  'exports.changes': ['finance', 'admin', 'auditor'],
  'exports.create': ['finance', 'admin'],
  'exports.runAgain': ['finance', 'admin'],
  'exports.cancel': ['finance', 'admin'],
  'identity.greeting': everyone,
  'identity.me': signedIn,
  'profile.read': signedIn,
  'system.status': signedIn,
  'businessDay.read': ['finance', 'admin', 'auditor'],
  'businessDay.change': freshly(['admin']),
  'businessDay.cancel': freshly(['admin']),
  'notifications.read': ['admin', 'auditor'],
  'notifications.add': freshly(['admin']),
  'notifications.change': freshly(['admin']),
  'notifications.remove': freshly(['admin']),
  'notifications.test': ['admin'],
  'profile.startAuthenticator': freshly(signedIn),
  'profile.confirmAuthenticator': freshly(signedIn),
  'profile.removeAuthenticator': freshly(signedIn),
  'profile.passkeyOptions': freshly(signedIn),
  'profile.addPasskey': freshly(signedIn),
  'profile.removePasskey': freshly(signedIn),
  'profile.makeRecoveryCodes': freshly(signedIn),
  'profile.changeName': signedIn,
  'profile.changePassword': signedIn,
  'profile.changeViewZone': signedIn,
  'profile.sessions': signedIn,
  'profile.endSession': signedIn,
  'profile.endOtherSessions': signedIn,
  'notes.write': ['support', 'finance', 'approver', 'admin'],
  'notes.edit': ['support', 'finance', 'approver', 'admin'],
  'notes.tag': ['support', 'finance', 'approver', 'admin'],
  'notes.untag': ['support', 'finance', 'approver', 'admin'],
  'notes.tagsInUse': signedIn,
  'insights.read': signedIn,
  'settlements.today': signedIn,
  'settlements.series': signedIn,
  'settlements.days': ['finance', 'admin', 'auditor'],
  'settlements.day': ['finance', 'admin', 'auditor'],
  'settlements.awaited': ['finance', 'admin', 'auditor'],
  'settlements.payments': ['finance', 'admin', 'auditor'],
  'bank.accounts': ['finance', 'admin', 'auditor'],
  'bank.addAccount': ['finance', 'admin'],
  'bank.statements': ['finance', 'admin', 'auditor'],
  'bank.statement': ['finance', 'admin', 'auditor'],
  'bank.open': ['finance', 'admin', 'auditor'],
  'bank.lines': ['finance', 'admin', 'auditor'],
  'bank.line': ['finance', 'admin', 'auditor'],
  'bank.match': ['finance', 'admin'],
  'bank.undoMatch': ['finance', 'admin'],
  'bank.setAside': ['finance', 'admin'],
  'bank.takeBack': ['finance', 'admin'],
  'settlementMonths.list': ['finance', 'admin', 'auditor'],
  'settlementMonths.read': ['finance', 'admin', 'auditor'],
  'settlementMonths.adjustments': ['finance', 'admin', 'auditor'],
  'settlementMonths.close': freshly(['finance', 'admin']),
  'settlementMonths.proposeReopening': ['finance', 'admin'],
  'settlementMonths.decideReopening': freshly(['finance', 'admin']),
  'settlementMonths.takeBackReopening': ['finance', 'admin'],
  'settlementMonths.files': ['finance', 'admin', 'auditor'],
  'settlementMonths.makeFile': ['finance', 'admin'],
  'settlementMonths.accounts': ['finance', 'admin', 'auditor'],
  'settlementMonths.setAccounts': ['finance', 'admin'],
  'payments.list': signedIn,
  'payments.summary': signedIn,
  'payments.facets': signedIn,
  'payments.metadataKeys': signedIn,
  'payments.detail': signedIn,
  'payments.find': signedIn,
  'payments.findMany': signedIn,
  'payments.findManyCsv': signedIn,
  'payments.create': ['support', 'finance', 'admin'],
  'payments.kin': signedIn,
  'payments.payerLink': ['support', 'finance', 'admin'],
  'payments.changes': signedIn,
  'payments.pulse': signedIn,
  'payments.refresh': ['support', 'finance', 'admin'],
  'preferences.list': signedIn,
  'preferences.changeList': signedIn,
  'webhooks.list': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.secretNames': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.detail': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.verifyAgain': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.evidence': ['finance', 'admin', 'auditor'],
  'webhooks.chart': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.gap': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.refusals': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.reprocess': ['support', 'finance', 'admin'],
  'webhooks.countProcessable': ['support', 'finance', 'admin'],
  'webhooks.reprocessMany': ['support', 'finance', 'admin'],
  'webhooks.reprocessing': ['support', 'finance', 'admin', 'auditor'],
  'webhooks.cancelReprocessing': ['support', 'finance', 'admin'],
  'webhookSettings.read': ['admin', 'auditor'],
  'webhookSettings.addSecret': freshly(['admin']),
  'webhookSettings.rotateSecret': freshly(['admin']),
  'webhookSettings.endSecret': freshly(['admin']),
  'webhookSettings.retireSecret': freshly(['admin']),
  'webhookSettings.setRetention': freshly(['admin']),
  'webhookSettings.sendTest': ['admin'],
  'withdrawals.balances': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawals.page': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawals.unrequested': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawals.summary': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawals.inbox': ['approver', 'admin'],
  'withdrawals.one': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawals.evidence': ['admin', 'auditor'],
  'withdrawals.preview': ['finance'],
  'withdrawals.create': ['finance'],
  'withdrawals.edit': ['finance'],
  'withdrawals.detach': ['finance'],
  'withdrawals.submit': ['finance'],
  'withdrawals.cancel': ['finance'],
  'withdrawals.approve': freshly(['approver', 'admin']),
  'withdrawals.reject': ['approver', 'admin'],
  'withdrawals.resolve': freshly(['admin']),
  'withdrawals.breakGlass': freshly(['admin']),
  'destinations.page': ['finance', 'approver', 'admin', 'auditor'],
  'destinations.one': ['finance', 'approver', 'admin', 'auditor'],
  'destinations.passport': ['finance', 'approver', 'admin', 'auditor'],
  'destinations.propose': ['finance', 'admin'],
  'destinations.approve': freshly(['approver', 'admin']),
  'destinations.refuse': ['approver', 'admin'],
  'destinations.freeze': ['finance', 'approver', 'admin'],
  'destinations.unfreeze': freshly(['approver', 'admin']),
  'destinations.remove': ['finance', 'admin'],
  'destinations.rename': ['finance', 'admin'],
  'destinations.importCsv': ['finance', 'admin'],
  'withdrawalPolicy.read': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawalPolicy.rehearse': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawalPolicy.propose': ['admin'],
  'withdrawalPolicy.decide': freshly(['approver', 'admin']),
  'withdrawalPolicy.takeBack': ['admin'],
  'withdrawalPolicy.stopState': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawalPolicy.stop': ['finance', 'approver', 'admin'],
  'withdrawalPolicy.start': freshly(['admin']),
  'withdrawalPolicy.delegations': ['finance', 'approver', 'admin', 'auditor'],
  'withdrawalPolicy.delegate': ['approver', 'admin'],
  'withdrawalPolicy.endDelegation': ['approver', 'admin'],
  'views.list': signedIn,
  'views.counts': signedIn,
  'views.save': signedIn,
  'views.change': signedIn,
  'views.delete': signedIn,
  'team.list': ['admin', 'auditor'],
  'team.invite': freshly(['admin']),
  'team.renewInvitation': freshly(['admin']),
  'team.voidInvitation': ['admin'],
  'team.setRoles': freshly(['admin']),
  'team.leaving': ['admin', 'auditor'],
  'team.disable': freshly(['admin']),
  'team.enable': freshly(['admin']),
  'team.remove': freshly(['admin']),
  'team.markSamePerson': freshly(['admin']),
  'team.resetFactors': freshly(['admin']),
}

/** What is left to people who still lack the second factor that their roles ask for. */
const allowedBeforeEnrolment = [
  'identity.greeting',
  'identity.me',
  ...Object.keys(allowed).filter((path) => path.startsWith('profile.')),
]

const { _def: declared } = appRouter
const procedures = Object.keys(declared.procedures).toSorted()
const now = new Date('2026-11-23T10:00:00.000Z')

let database: TestDatabase
let unenrolled: Actor
beforeAll(async () => {
  database = await testDatabase()
  const ada = actorWith([])
  const { userId: id, name, email, sessionId } = ada
  const at = { created_at: now, last_used_at: now, proved_at: now, expires_at: now }
  await database.owner.insertInto('person').values({ id, name, email, created_at: now }).execute()
  await database.owner
    .insertInto('session')
    .values({ id: sessionId, token: 'of ada', user_id: id, method: 'password', ...at })
    .execute()
  await hire(database.owner, 'new.admin@shop.example', ['admin', 'finance'])
  const { auth } = doorOf(database.db)
  const actor = await actorBehind(auth, await cookieOf(auth, { email: 'new.admin@shop.example' }))
  if (!actor) throw new Error('nobody is behind the cookie')
  unenrolled = { ...actor, provedAt: now }
})
afterAll(() => database[Symbol.asyncDispose]())

test('every procedure of the router stands in the written table, and nothing else does', () => {
  expect(procedures).toEqual(Object.keys(allowed).toSorted())
})

describe.each(procedures)('%s', (path) => {
  const mayCall = (caller: Caller) => callersOf(path).includes(caller)

  test.each(callers)('answers %s as the written table says', async (caller) => {
    const actor = caller === 'nobody' ? null : person(caller)
    const expected = mayCall(caller) ? 'let in' : refusalOf(caller)
    expect(await outcomeOf(path, actor)).toBe(expected)
  })

  test.each(roles)('asks %s for a fresh proof where the table says so', async (role) => {
    const inTime = { ...person(role), provedAt: ago(STEP_UP_FRESH_MS) }
    const tooLate = { ...person(role), provedAt: ago(STEP_UP_FRESH_MS + 1) }
    const expected = mayCall(role) ? 'let in' : 'FORBIDDEN'
    expect(await outcomeOf(path, inTime)).toBe(expected)
    const isAsked = mayCall(role) && needsFreshProof(path)
    expect(await outcomeOf(path, tooLate)).toBe(isAsked ? 'step_up_required' : expected)
  })

  test('adds up the roles of a person who holds several', async () => {
    expect(await outcomeOf(path, person(...roles))).toBe(
      roles.some(mayCall) ? 'let in' : 'FORBIDDEN',
    )
  })

  test('lets a person without any role do no more than a visitor', async () => {
    expect(await outcomeOf(path, person())).toBe(mayCall('nobody') ? 'let in' : 'FORBIDDEN')
  })

  test('is closed to an admin without a second factor, unless it helps to get one', async () => {
    const expected = allowedBeforeEnrolment.includes(path) ? 'let in' : 'FORBIDDEN'
    expect(await outcomeOf(path, unenrolled)).toBe(expected)
  })
})

test.each(procedures.filter((path) => roles.some((role) => !callersOf(path).includes(role))))(
  '%s refused to somebody is an entry of the audit log that names it and them',
  async (path) => {
    const email = `${path}@shop.example`
    const strangers = roles.filter((role) => !callersOf(path).includes(role)).slice(0, 1)
    await outcomeOf(path, { ...person(...strangers), email })
    const entries = await database.owner
      .selectFrom('audit_entry')
      .select(['action', 'outcome', 'reason', 'after', 'address', 'request_id'])
      .where('actor_email', '=', email)
      .execute()
    expect(entries).toEqual([
      {
        action: 'call.refuse',
        outcome: 'refused',
        reason: expect.stringMatching(/^This needs the role /),
        after: JSON.stringify({ procedure: path }),
        address: '203.0.113.7',
        request_id: 'req-42',
      },
    ])
  },
)

test('a role that was taken away is gone for every Desk at the next call', async () => {
  const email = 'carol@shop.example'
  await hire(database.owner, email, ['support'])
  const [one, other] = [doorOf(database.db), doorOf(database.db)]
  const cookie = await cookieOf(one.auth, { email })
  const atOther = async () => outcomeOf('payments.refresh', await actorBehind(other.auth, cookie))
  expect(await atOther()).toBe('let in')

  await database.owner
    .updateTable('person_role')
    .set({ role: 'auditor' })
    .where('user_id', 'in', (eb) => eb.selectFrom('person').select('id').where('email', '=', email))
    .execute()
  expect(await atOther()).toBe('FORBIDDEN')
})

function callersOf(path: string): readonly Caller[] {
  const row = allowed[path] ?? []
  return 'freshly' in row ? row.freshly : row
}

function needsFreshProof(path: string): boolean {
  return 'freshly' in (allowed[path] ?? [])
}

function person(...held: readonly Role[]): Actor {
  return { ...actorWith(held), provedAt: now }
}

function ago(milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds)
}

function refusalOf(caller: Caller): 'UNAUTHORIZED' | 'FORBIDDEN' {
  return caller === 'nobody' ? 'UNAUTHORIZED' : 'FORBIDDEN'
}

/**
 * The door comes before the input: whoever is let in without any input is answered, or told what is
 * missing or in the way.
 */
async function outcomeOf(path: string, actor: Actor | null): Promise<string> {
  const log = pino({ level: 'silent' })
  try {
    await call(path, {
      ...contextOf(database.db, actor),
      now: () => now,
      audit: { unsuccessful: (refused) => recordUnsuccessful({ db: database.db, log }, refused) },
    })
    return 'let in'
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    if (error.cause instanceof Refusal && error.cause.code === 'step_up_required') {
      return error.cause.code
    }
    if (error.code === 'UNAUTHORIZED' || error.code === 'FORBIDDEN') return error.code
    if (error.code === 'INTERNAL_SERVER_ERROR') throw error
    return 'let in'
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
