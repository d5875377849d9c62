import { say } from './verdict-parts.ts'
import type { VerdictRow } from './verdict-row.ts'

const moneyOfAnyKind = ['short', 'exact', 'over', 'unmeasured'] as const

/** Payments whose sources contradict each other, and those that are not over yet. */
export const openRows = [
  {
    name: 'unknown_to_spacepay',
    when: { sources: ['missing'] },
    tone: 'bad',
    next: ['refresh', 'hand_to_finance'],
    words: ({ order, webhookSaid, amount }) => ({
      sentence: say`SpacePay does not know this payment, although it announced it.`,
      because: say`A webhook said ${webhookSaid}; asked since then, SpacePay's API has no such payment. Do not promise anything on it yet.`,
      reply: say`We are looking into your payment of ${amount} for ${order} with our payment provider and will come back to you. Please do not send anything in the meantime.`,
    }),
  },
  {
    name: 'sources_disagree',
    when: { sources: ['disagree'] },
    tone: 'bad',
    next: ['refresh', 'hand_to_finance'],
    words: ({ order, webhookSaid, apiSaid, amount }) => ({
      sentence: say`SpacePay told two different ends of this payment.`,
      because: say`A webhook said ${webhookSaid}, the API ${apiSaid}. Desk shows the one that SpacePay's API stands by; have finance look before anything is shipped or returned.`,
      reply: say`We are checking your payment of ${amount} for ${order} with our payment provider and will come back to you. You do not need to do anything.`,
    }),
  },
  {
    name: 'pending_with_money',
    when: { status: ['pending'], money: moneyOfAnyKind },
    tone: 'wait',
    next: ['refresh', 'wait'],
    words: ({ received, arrivedAt, order, transaction }) => ({
      sentence: say`Money has arrived, but SpacePay has not counted it yet.`,
      because: say`${received} came in${arrivedAt} while SpacePay still calls the payment pending.`,
      reply: say`We can see your transfer of ${received} for ${order}${transaction} and are waiting for it to be confirmed. You do not need to do anything.`,
    }),
  },
  {
    name: 'pending_deposit',
    when: { status: ['pending'], kind: ['deposit'], offer: ['open'] },
    tone: 'wait',
    next: ['wait'],
    words: ({ offer, order }) => ({
      sentence: say`Nothing has arrived yet; the customer can deposit ${offer}.`,
      because: say`It is complete once the money is confirmed on its network.`,
      reply: say`We have not received anything for ${order} yet. You can send ${offer}, as the payment page shows it. We will see it as soon as it is confirmed.`,
    }),
  },
  {
    name: 'pending_open',
    when: { status: ['pending'], offer: ['open'] },
    tone: 'wait',
    next: ['wait'],
    words: ({ offer, order }) => ({
      sentence: say`Nothing has arrived yet; the customer can still pay ${offer}.`,
      because: say`If they say that they have paid, ask for the transaction hash and search for it: it may have gone to another address.`,
      reply: say`We have not received your payment for ${order} yet. Please send exactly ${offer}, as the payment page shows it. If you have already sent it, please give us the transaction hash from your wallet.`,
    }),
  },
  {
    name: 'pending_quote_over',
    when: { status: ['pending'], offer: ['over'] },
    tone: 'idle',
    next: ['new_payment', 'wait'],
    words: ({ quoteEndedAt, order }) => ({
      sentence: say`Nothing has arrived, and the last quote ended${quoteEndedAt}.`,
      because: say`The customer can ask for a new amount on the payment page while the payment is pending, or you send a new payment.`,
      reply: say`We have not received your payment for ${order}, and the time to pay the amount you were shown is over. Please do not send that amount any more: reload the payment page for a new one, or ask us for a new link. If you have already sent it, please give us the transaction hash from your wallet.`,
    }),
  },
  {
    name: 'pending_without_quote',
    when: { status: ['pending'] },
    tone: 'wait',
    next: ['wait'],
    words: ({ order, amount }) => ({
      sentence: say`Nothing has arrived, and Desk knows of no quote that the customer could pay.`,
      because: say`They choose token and network on the payment page; the quote then tells them how much to send.`,
      reply: say`We have not received your payment of ${amount} for ${order} yet. Please choose how you want to pay on the payment page: it then shows how much to send and where.`,
    }),
  },
  {
    name: 'processing_stuck',
    when: { status: ['processing'], pace: ['stuck'] },
    tone: 'warn',
    next: ['refresh', 'hand_to_finance'],
    words: ({ processingSince, network, confirmations, order, transaction }) => ({
      sentence: say`The money has been waiting to be confirmed${processingSince}, which is longer than usual on ${network}.`,
      because: say`It has ${confirmations} so far. Ask SpacePay again; if nothing moves, hand it to finance.`,
      reply: say`We can see your transfer for ${order}${transaction}. Its confirmation on the network takes longer than usual; we keep an eye on it and will tell you as soon as it is through. Please do not send it again.`,
    }),
  },
  {
    name: 'processing_short',
    when: { status: ['processing'], money: ['short'] },
    tone: 'warn',
    next: ['wait', 'hand_to_finance'],
    words: ({ difference, differencePlain, received, expected, arrivedAt, order }) => ({
      sentence: say`${difference} too little is on its way; SpacePay will probably let the payment fail.`,
      because: say`${received} was seen${arrivedAt} against a quote of ${expected}.`,
      reply: say`We can see your transfer of ${received} for ${order}. It is ${differencePlain} less than the amount that was due, so it may not complete your payment. Please do not send anything more yet: we will tell you how to go on as soon as it is confirmed.`,
    }),
  },
  {
    name: 'processing_late',
    when: { status: ['processing'], timing: ['late'] },
    tone: 'warn',
    next: ['wait'],
    words: ({ arrivedAt, quoteEndedAt, received, confirmations, order }) => ({
      sentence: say`The money came after its quote had ended and is now being confirmed.`,
      because: say`${received} was seen${arrivedAt}, the quote had ended${quoteEndedAt}. It has ${confirmations}; SpacePay decides whether it still counts.`,
      reply: say`We can see your transfer of ${received} for ${order}. It reached us after the time for this amount was over; we will tell you as soon as it is confirmed. Please do not send it again.`,
    }),
  },
  {
    name: 'processing_counted',
    when: { status: ['processing'], counting: ['counted'] },
    tone: 'wait',
    next: ['wait'],
    words: ({ received, arrivedAt, confirmations, order, transaction }) => ({
      sentence: say`${received} was seen${arrivedAt} and has ${confirmations}.`,
      because: say`Nothing to do: it completes by itself once it has all of them.`,
      reply: say`We can see your transfer of ${received} for ${order}${transaction}. It is being confirmed on the network, which needs no action from you; we will confirm your payment once that is done.`,
    }),
  },
  {
    name: 'processing_uncounted',
    when: { status: ['processing'] },
    tone: 'wait',
    next: ['wait', 'refresh'],
    words: ({ processingSince, order }) => ({
      sentence: say`SpacePay has seen the money and has waited for its confirmation${processingSince}.`,
      because: say`It tells amount and transaction once that is done; nothing to do until then.`,
      reply: say`We can see your transfer for ${order}. It is being confirmed on the network, which needs no action from you; we will confirm your payment once that is done.`,
    }),
  },
] as const satisfies readonly VerdictRow[]
