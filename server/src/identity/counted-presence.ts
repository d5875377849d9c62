import type { Auth } from './auth.ts'
import type { RequestAllowance } from './request-allowance.ts'

/**
 * Who is there, once their network and then their account were let through. The network comes first:
 * whoever floods Desk shall not make it look sessions up.
 */
export function countedPresence(
  auth: Pick<Auth, 'presenceOf'>,
  allowance: RequestAllowance,
): Auth['presenceOf'] {
  return async (visitor) => {
    await allowance.countAddress(visitor)
    const presence = await auth.presenceOf(visitor)
    if (presence.actor) await allowance.countAccount(presence.actor, visitor)
    return presence
  }
}
