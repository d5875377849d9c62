import { say } from './verdict-parts.ts'
import type { VerdictRow } from './verdict-row.ts'

const moneyEnough = ['exact', 'over', 'unmeasured'] as const

/** Payments that are over, and what is done about those that are over in an unwelcome way. */
export const endedRows = [
  {
    name: 'completed_at_risk',
    when: { status: ['completed'], risk: ['high'] },
    tone: 'warn',
    next: ['hand_to_finance'],
    words: ({ received, arrivedAt, order, amount }) => ({
      sentence: say`It is paid, but the sender is rated as a high risk.`,
      because: say`${received} arrived${arrivedAt}. Finance decides whether to ship; do not tell the customer about the rating.`,
      reply: say`We have received your payment of ${amount} for ${order}. We are finishing our usual checks and will come back to you.`,
    }),
  },
  {
    name: 'completed_short',
    when: { status: ['completed'], money: ['short'] },
    tone: 'warn',
    next: ['hand_to_finance'],
    words: ({ difference, received, expected, arrivedAt, order }) => ({
      sentence: say`It counts as paid, although ${difference} too little arrived.`,
      because: say`${received} came in${arrivedAt} against a quote of ${expected}. Finance should know of the gap.`,
      reply: say`We have received your payment of ${received} for ${order}, and it is complete. Thank you.`,
    }),
  },
  {
    name: 'completed_over',
    when: { status: ['completed'], money: ['over'] },
    tone: 'warn',
    next: ['hand_to_finance', 'refund_by_withdrawal'],
    words: ({ difference, differencePlain, received, expected, arrivedAt, order }) => ({
      sentence: say`It is paid, with ${difference} too much.`,
      because: say`${received} came in${arrivedAt} against a quote of ${expected}. SpacePay returns nothing by itself: the excess is given back by an approved withdrawal.`,
      reply: say`We have received your payment for ${order}, and it is complete. You sent ${differencePlain} more than was due (${received} instead of ${expected}). Our colleagues will contact you about returning the difference.`,
    }),
  },
  {
    name: 'completed_late',
    when: { status: ['completed'], timing: ['late'] },
    tone: 'ok',
    next: [],
    words: ({ received, arrivedAt, quoteEndedAt, order, transaction }) => ({
      sentence: say`It is paid; the money came after its quote had ended, and SpacePay accepted it.`,
      because: say`${received} arrived${arrivedAt}, the quote had ended${quoteEndedAt}. SpacePay counts it, so nothing is owed either way.`,
      reply: say`We have received your payment of ${received} for ${order}${transaction}, and it is complete. Thank you.`,
    }),
  },
  {
    name: 'completed_deposit',
    when: { status: ['completed'], kind: ['deposit'], money: ['exact', 'unmeasured'] },
    tone: 'ok',
    next: [],
    words: ({ received, arrivedAt, order, transaction, amount }) => ({
      sentence: say`The deposit of ${received} arrived${arrivedAt}.`,
      because: say`SpacePay books it as ${amount}.`,
      reply: say`We have received your deposit of ${received} for ${order}${transaction}. Thank you.`,
    }),
  },
  {
    name: 'completed_exact',
    when: { status: ['completed'], money: ['exact'] },
    tone: 'ok',
    next: [],
    words: ({ received, arrivedAt, order, transaction }) => ({
      sentence: say`It is paid in full: ${received} arrived${arrivedAt}.`,
      because: say`The amount is exactly that of the quote.`,
      reply: say`We have received your payment of ${received} for ${order}${transaction} in full. Thank you.`,
    }),
  },
  {
    name: 'completed_unmeasured',
    when: { status: ['completed'] },
    tone: 'ok',
    next: ['refresh'],
    words: ({ amount, order }) => ({
      sentence: say`SpacePay says that it is paid; Desk does not know yet how much arrived.`,
      because: say`Webhooks tell the status only. “Refresh from SpacePay” asks for the transaction.`,
      reply: say`We have received your payment of ${amount} for ${order}. Thank you.`,
    }),
  },
  {
    name: 'failed_short_and_late',
    when: { status: ['failed'], money: ['short'], timing: ['late'] },
    tone: 'bad',
    next: ['new_payment', 'refund_by_withdrawal', 'hand_to_finance'],
    words: ({ difference, received, expected, arrivedAt, quoteEndedAt, order }) => ({
      sentence: say`It failed: the customer paid ${difference} too little, and after the quote had ended.`,
      because: say`${received} came in${arrivedAt} against a quote of ${expected} that had ended${quoteEndedAt}. Ask for a new payment; what arrived is returned by an approved withdrawal.`,
      reply: say`We received ${received} for ${order}. That is less than the ${expected} due, and it reached us after the time to pay was over, so your payment could not be completed. We will send you a new link; our colleagues will contact you about the amount that you already sent.`,
    }),
  },
  {
    name: 'failed_short',
    when: { status: ['failed'], money: ['short'] },
    tone: 'bad',
    next: ['new_payment', 'refund_by_withdrawal', 'hand_to_finance'],
    words: ({ difference, differencePlain, received, expected, arrivedAt, order }) => ({
      sentence: say`It failed: the customer paid ${difference} too little.`,
      because: say`${received} came in${arrivedAt} against a quote of ${expected}. Ask for a new payment; what arrived is returned by an approved withdrawal.`,
      reply: say`We received ${received} for ${order}, which is ${differencePlain} less than the ${expected} that was due, so your payment could not be completed. We will send you a new link; our colleagues will contact you about the amount that you already sent.`,
    }),
  },
  {
    name: 'failed_late',
    when: { status: ['failed'], money: moneyEnough, timing: ['late'] },
    tone: 'bad',
    next: ['hand_to_finance', 'refund_by_withdrawal', 'new_payment'],
    words: ({ received, arrivedAt, quoteEndedAt, order }) => ({
      sentence: say`It failed: the money came after the quote had ended.`,
      because: say`${received} arrived${arrivedAt}, the quote had ended${quoteEndedAt}. Finance decides between returning it and taking it for the order.`,
      reply: say`We received ${received} for ${order}, but after the time to pay was over, so your payment could not be completed. Our colleagues are looking after the amount you sent and will contact you. Please do not send it again.`,
    }),
  },
  {
    name: 'failed_with_money',
    when: { status: ['failed'], money: moneyEnough },
    tone: 'bad',
    next: ['hand_to_finance', 'refund_by_withdrawal'],
    words: ({ received, arrivedAt, order, transaction }) => ({
      sentence: say`SpacePay let it fail, although money arrived.`,
      because: say`${received} came in${arrivedAt}, which was not too little as far as Desk can tell. Finance should ask SpacePay for the reason.`,
      reply: say`We can see your transfer of ${received} for ${order}${transaction}, but your payment could not be completed. Our colleagues are looking into it and will contact you. Please do not send it again.`,
    }),
  },
  {
    name: 'failed_without_money',
    when: { status: ['failed'] },
    tone: 'bad',
    next: ['new_payment', 'refresh'],
    words: ({ order, amount }) => ({
      sentence: say`It failed, and no money has been seen.`,
      because: say`SpacePay gives no reason. If the customer has a transaction hash, search for it; otherwise send a new payment.`,
      reply: say`Your payment of ${amount} for ${order} could not be completed, and we have not received any money for it. We will send you a new link. If you have already sent something, please give us the transaction hash from your wallet.`,
    }),
  },
  {
    name: 'expired_short',
    when: { status: ['expired'], money: ['short'] },
    tone: 'warn',
    next: ['hand_to_finance', 'refund_by_withdrawal', 'new_payment'],
    words: ({ difference, received, expected, arrivedAt, order }) => ({
      sentence: say`The money came too late for the payment, and ${difference} too little.`,
      because: say`The payment had expired when ${received} came in${arrivedAt}, against a quote of ${expected}. SpacePay returns nothing by itself.`,
      reply: say`We received ${received} for ${order}. That is less than the ${expected} due, and it reached us after the time to pay was over, so your payment could not be completed. Our colleagues will contact you about the amount you sent.`,
    }),
  },
  {
    name: 'expired_with_money',
    when: { status: ['expired'], money: moneyEnough },
    tone: 'warn',
    next: ['hand_to_finance', 'refund_by_withdrawal', 'new_payment'],
    words: ({ received, arrivedAt, order, transaction }) => ({
      sentence: say`The money came too late: the payment had expired.`,
      because: say`${received} arrived${arrivedAt}, and SpacePay does not count it. Finance decides between returning it and taking it for the order.`,
      reply: say`We received ${received} for ${order}${transaction}, but after the time to pay was over, so your payment could not be completed. Our colleagues are looking after the amount you sent and will contact you. Please do not send it again.`,
    }),
  },
  {
    name: 'expired_without_money',
    when: { status: ['expired'] },
    tone: 'idle',
    next: ['new_payment'],
    words: ({ amount, order, quoteEndedAt }) => ({
      sentence: say`Nobody paid in time, and no money has arrived.`,
      because: say`${quoteEndedAt.length === 0 ? '' : say`The last quote ended${quoteEndedAt}. `}An expired payment cannot be paid any more. If the customer has a transaction hash, search for it; otherwise send a new payment.`,
      reply: say`We have not received your payment of ${amount} for ${order}, and the time to pay is over. Please do not send anything to the old address. We will send you a new link. If you have already paid, please give us the transaction hash from your wallet.`,
    }),
  },
  {
    name: 'cancelled_with_money',
    when: { status: ['cancelled'], money: ['short', ...moneyEnough] },
    tone: 'warn',
    next: ['hand_to_finance', 'refund_by_withdrawal'],
    words: ({ received, arrivedAt, order }) => ({
      sentence: say`It was cancelled, and money arrived all the same.`,
      because: say`${received} came in${arrivedAt}. SpacePay returns nothing by itself: finance gives it back by an approved withdrawal.`,
      reply: say`Your payment for ${order} was cancelled, but we received ${received} for it. Our colleagues will contact you about returning it. Please do not send it again.`,
    }),
  },
  {
    name: 'cancelled_without_money',
    when: { status: ['cancelled'] },
    tone: 'idle',
    next: ['new_payment'],
    words: ({ amount, order }) => ({
      sentence: say`It was cancelled, and no money has arrived.`,
      because: say`A cancelled payment cannot be paid any more. If the customer still wants to pay, send a new one.`,
      reply: say`Your payment of ${amount} for ${order} was cancelled, and we have not received any money for it. Please do not send anything to the old address; ask us for a new link if you still want to pay.`,
    }),
  },
] as const satisfies readonly VerdictRow[]
