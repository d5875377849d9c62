import { statementQuery } from '../../bank/bank.routes.ts'
import { chainChange, reorganisation } from '../../control/chains.routes.ts'
import { paymentAct, withdrawalEnd } from '../../control/simulate.ts'
import { queryParameters } from '../json-schema.ts'
import type { ControlRoute } from './control-route.ts'

const statementParameters = queryParameters(statementQuery, {
  from: { description: 'The first day of the statement.', type: 'string', format: 'date' },
  to: { description: 'Its last day.', type: 'string', format: 'date' },
  faults: { description: 'How many payouts are late, short or over; 0 for none.', type: 'integer' },
  zone: { description: 'Whose days the payouts are of; Europe/London unless given.' },
  iban: { description: 'The account it is of.' },
})

/** Payers, withdrawals, banks and networks: what happens outside of the service. */
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
    id: 'bankStatementCsv',
    method: 'get',
    path: '/bank-statement.csv',
    summary: 'Get the statement of the merchant’s bank as CSV',
    answer: 'A file: payouts on the next working day, and what else the account saw.',
    query: statementParameters,
  },
  {
    id: 'bankStatementXml',
    method: 'get',
    path: '/bank-statement.xml',
    summary: 'Get the statement of the merchant’s bank as CAMT.053',
    answer: 'The same statement as a file of XML.',
    query: statementParameters,
  },
  {
    id: 'bankStatementDiscrepancies',
    method: 'get',
    path: '/bank-statement/discrepancies',
    summary: 'See what is wrong with a bank statement on purpose',
    answer: 'Of which days how much is late, kept, lost in exchange, missing or too much.',
    query: statementParameters,
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
