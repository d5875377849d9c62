import { judgeDesk } from './judge-desk.ts'
import { judgeFlow } from './judge-flow.ts'
import { judgeWithdrawals } from './judge-withdrawals.ts'
import type { SystemFacts } from './system-facts.ts'
import type { SystemSign, SignState } from './system-sign.ts'

/** Every sign in the order in which it is read: what comes in, then what Desk stands on. */
export function judgeSystem(facts: SystemFacts): readonly SystemSign[] {
  return [...judgeFlow(facts), ...judgeWithdrawals(facts), ...judgeDesk(facts)]
}

/** The worst of them; fine when there are none. */
export function worstOf(signs: readonly SystemSign[]): SignState {
  const states = new Set(signs.map(({ state }) => state))
  if (states.has('warning')) return 'warning'
  return states.has('waiting') ? 'waiting' : 'ok'
}
