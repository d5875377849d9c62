import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { learnWithdrawals } from './learn-withdrawals.ts'
import { missingWithdrawal, withdrawalAnswer } from './withdrawal-observations.ts'

interface RefreshWithdrawal {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'getWithdrawal'>
  readonly now: () => Date
}

/**
 * Asks SpacePay about one withdrawal now and lets the mirror learn the answer. False when SpacePay did not
 * answer; that it does not know the withdrawal is an answer, recorded beside all that is known of it.
 */
export async function refreshWithdrawal(
  { db, gateway, now }: RefreshWithdrawal,
  id: string,
): Promise<boolean> {
  const askedAt = now()
  try {
    const { value, raw, readAt } = await gateway.getWithdrawal(id)
    const answer = withdrawalAnswer({ value, raw, askedAt, answeredAt: readAt })
    await db.transaction().execute((trx) => learnWithdrawals(trx, [answer]))
    return true
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.outcome !== 'not_found') return false
    const missing = missingWithdrawal(id, { askedAt, answeredAt: now() })
    await db.transaction().execute((trx) => learnWithdrawals(trx, [missing]))
    return true
  }
}
