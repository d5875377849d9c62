import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import type { Db } from '../database.ts'

export interface NumberedPolicy extends WithdrawalPolicy {
  readonly version: number
}

/** The policy in force. There is always one. */
export async function readActivePolicy(db: Db): Promise<NumberedPolicy> {
  const { version, content } = await db
    .selectFrom('withdrawal_policy')
    .select(['version', 'content'])
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return { ...withdrawalPolicy.parse(content), version }
}
