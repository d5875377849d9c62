import type { Role } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import type { Auth } from './auth.ts'
import { doorOf, PUBLIC_URL } from './identity.fixtures.ts'
import { insertPerson } from './people.queries.ts'
import { profileRouter } from './profile.router.ts'
import { insertSession } from './sessions.queries.ts'
import { signedCookie } from './signed-cookie.ts'

const callerOf = createCallerFactory(profileRouter)

/** One Desk over this database; its clock stands still unless a test moves it. */
export function profilesOf(db: Db) {
  const { auth, clock } = doorOf(db)
  return {
    clock,
    factorKeys: auth.factorKeys,
    /** Somebody new with one open session. */
    async join(
      email: string,
      { roles = ['support'], passwordHash = null }: Partial<Newcomer> = {},
    ): Promise<{ userId: UserId; session: Session }> {
      const person = { name: 'Grace Hopper', email, passwordHash, roles }
      const userId = await db.transaction().execute((trx) => insertPerson(trx, person, clock.now))
      if (userId === null) throw new Error(`${email} is taken`)
      return { userId, session: await openSession(db, auth, { userId, clock }) }
    },
    /** Another session of the same person. */
    signIn: (userId: UserId, from: Partial<From> = {}) =>
      openSession(db, auth, { userId, clock, ...from }),
  }
}

interface Newcomer {
  readonly roles: readonly Role[]
  readonly passwordHash: string | null
}

interface From {
  readonly address: string
  readonly userAgent: string | null
}

export type Session = Awaited<ReturnType<typeof openSession>>

async function openSession(
  db: Db,
  auth: Auth,
  opened: { userId: UserId; clock: { readonly now: Date } } & Partial<From>,
) {
  const { userId, clock, address = '203.0.113.7', userAgent = null } = opened
  const { id, token } = await db.transaction().execute((trx) =>
    insertSession(trx, {
      userId,
      method: 'password',
      factor: null,
      address,
      userAgent,
      at: clock.now,
    }),
  )
  const cookie = signedCookie('desk_session', PUBLIC_URL, 'test encryption key').set(token)
  const headers = new Headers({ cookie: cookie.split(';')[0] ?? '' })
  const presence = () => auth.presenceOf({ headers, address, requestId: 'req-9' })
  return {
    id,
    presence,
    /** The procedures as this session's browser reaches them now. */
    async profile() {
      const { actor, sessionEnd } = await presence()
      return callerOf({
        ...contextOf(db, actor),
        sessionEnd,
        address,
        now: () => clock.now,
        publicUrl: PUBLIC_URL,
        factorKeys: auth.factorKeys,
        audit: { unsuccessful: (call) => recordUnsuccessful({ db, log: { error: fail } }, call) },
      })
    },
  }
}

function fail(fields: object): never {
  throw new Error('An entry could not be written.', { cause: fields })
}

/** What the audit log says of changes and refusals, in order: `[action, outcome, reason]`. */
export async function auditOf(db: Db): Promise<(string | null)[][]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'reason'])
    // Browsers that come back with a session that is over.
    .where('action', '<>', 'session.presented')
    .orderBy('seq')
    .execute()
  return entries.map(({ action, outcome, reason }) => [action, outcome, reason])
}
