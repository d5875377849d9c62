import { chainChange, reorganisation } from '../../control/chains.routes.ts'
import { paymentAct, withdrawalEnd } from '../../control/simulate.ts'
import type { ControlRoute } from './control-route.ts'

/** Payers, withdrawals and networks: what happens outside of the service. */
export const moneyRoutes: readonly ControlRoute[] = [
  {
    id: 'inspectPayment',
    method: 'get',
    path: '/payments/{id}',
    summary: 'Look inside a payment',
    answer: 'What the API does not tell: confirmations as they grow, stray and late money.',
  },
  {
    id: 'simulatePayer',
    method: 'post',
    path: '/payments/{id}/simulate',
    summary: 'Let the payer act',
    answer: 'The inside of the payment.',
    body: { schema: paymentAct, example: { outcome: 'exact' } },
    conflict: 'The payment is not open for that any more.',
  },
  {
    id: 'simulateWithdrawal',
    method: 'post',
    path: '/withdrawals/{id}/simulate',
    summary: 'End a withdrawal',
    answer: 'The withdrawal.',
    body: { schema: withdrawalEnd, example: { outcome: 'complete' } },
    conflict: 'The withdrawal has ended already.',
  },
  {
    id: 'listChainStates',
    method: 'get',
    path: '/chains',
    summary: 'See how the networks fare',
    answer: 'Every network with its height and its troubles.',
  },
  {
    id: 'troubleChain',
    method: 'post',
    path: '/chains/{chainId}',
    summary: 'Stall or jam a network',
    answer: 'The network.',
    body: { schema: chainChange, example: { isStalled: true, congestionBlocks: 20 } },
  },
  {
    id: 'reorganiseChain',
    method: 'post',
    path: '/chains/{chainId}/reorg',
    summary: 'Reorganise a network',
    answer: 'The network, and how many transactions moved.',
    body: { schema: reorganisation, example: { depth: 3, fate: 'mined_again' } },
  },
]
