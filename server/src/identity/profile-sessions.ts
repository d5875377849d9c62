import type { SecondFactor, SignInMethod } from '@desk/shared/identity/session'
import { Refusal } from '../kernel/refusal.ts'
import { deviceWords } from './device-words.ts'
import { placeOfAddress } from './place-of-address.ts'
import { changeOwn, type ProfileCall } from './profile-call.ts'
import { endSessionById, findOpenSessions } from './profile.queries.ts'
import { endSessionsOf } from './sessions.queries.ts'

/** One of the person's open sessions; instants are ISO 8601, UTC. */
export interface SessionEntry {
  readonly id: string
  readonly isThis: boolean
  readonly method: SignInMethod
  readonly factor: SecondFactor | null
  /** Such as "Chrome on macOS". */
  readonly device: string
  /** Such as "Private network" or "Germany". */
  readonly place: string
  readonly address: string | null
  readonly signedInAt: string
  readonly lastUsedAt: string
  readonly expiresAt: string
}

/** This session first, then the last used. */
export async function listSessions({ db, actor, by }: ProfileCall): Promise<SessionEntry[]> {
  const open = await findOpenSessions(db, actor.userId, by.at)
  const entries = await Promise.all(
    open.map(async ({ id, method, factor, address, ...session }) => ({
      id,
      isThis: id === actor.sessionId,
      method,
      factor,
      device: deviceWords(session.userAgent),
      place: await placeOfAddress(address),
      address,
      signedInAt: session.signedInAt.toISOString(),
      lastUsedAt: session.lastUsedAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    })),
  )
  return [...entries.filter(({ isThis }) => isThis), ...entries.filter(({ isThis }) => !isThis)]
}

/** Refuses with `session_is_this`, or `session_unknown` for one that is over or another person's. */
export async function endSession(call: ProfileCall, id: string): Promise<void> {
  const { actor, by } = call
  if (id === actor.sessionId) {
    throw new Refusal(
      'conflict',
      'session_is_this',
      'This is the session you use. Sign out instead.',
    )
  }
  await changeOwn(call, async (trx) => {
    const ended = await endSessionById(trx, { id, userId: actor.userId }, by.at)
    if (!ended) throw new Refusal('not_found', 'session_unknown', 'This session is over already.')
    const { method, address, userAgent } = ended
    return {
      result: undefined,
      entries: [
        {
          action: 'session.end',
          subject: { kind: 'session', id, label: deviceWords(userAgent) },
          before: { method, address },
        },
      ],
    }
  })
}

export async function endOtherSessions(call: ProfileCall): Promise<{ ended: number }> {
  const { actor, by } = call
  return changeOwn(call, async (trx) => {
    const end = { because: 'ended_by_owner', at: by.at, except: actor.sessionId } as const
    const ended = await endSessionsOf(trx, actor.userId, end)
    return {
      result: { ended },
      entries: ended === 0 ? [] : [{ action: 'session.end', after: { ended } }],
    }
  })
}
