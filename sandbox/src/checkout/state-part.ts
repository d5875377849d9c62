import { dollars } from '../control-page/shown.ts'
import { transactionPath } from '../explorer/explorer-paths.ts'
import { type Html, html } from '../pages/html.ts'
import {
  hasSettledMoney,
  type PaymentRecord,
  type TransactionRecord,
} from '../payments/payment-record.ts'
import { chainOf } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { returnsByItself, returnUrl } from './return-url.ts'
import { isHeldUp, moneyOf, progressOf, type Stage, stageOf, tokenText } from './stage.ts'

const stageTexts: Readonly<Record<Stage, string>> = {
  waiting: 'Waiting for your payment',
  confirming: 'Payment seen, waiting for confirmations',
  paid: 'Paid. Thank you.',
  overpaid: 'Paid, with more than was due',
  underpaid: 'Too little was paid',
  reverted: 'The transaction failed',
  dropped: 'The transaction was lost',
  failed: 'The payment failed',
  expired: 'The payment expired',
  late: 'The money came too late',
  cancelled: 'The shop cancelled this payment',
}

export function stageText(payment: PaymentRecord): string {
  return stageTexts[stageOf(payment)]
}

/** What became of the payment so far, what the payer can do about it, and the way back to the shop. */
export function statePart(world: World, payment: PaymentRecord): Html {
  const stage = stageOf(payment)
  const advice = adviceFor(payment, stage)
  return html`${steps(stage)} ${stage === 'confirming' ? progressBar(world, payment) : null}
  ${heldUp(world, payment)} ${advice === null ? null : html`<p>${advice}</p>`}
  ${moneyFacts(payment, stage)} ${transfers(payment)} ${wayBack(payment, world.clock.now())}`
}

const stepNames = ['Pay', 'Confirm', 'Done'] as const
const stepOf: Readonly<Partial<Record<Stage, number>>> = {
  waiting: 0,
  confirming: 1,
  paid: 2,
  overpaid: 2,
}

function steps(stage: Stage): Html | null {
  const reached = stepOf[stage]
  if (reached === undefined) return null
  const items = stepNames.map((name, index) => {
    const current = index === reached ? html`aria-current="step"` : null
    return html`<li class="${index <= reached ? 'reached' : ''}" ${current}>${name}</li>`
  })
  return html`<ol class="steps" aria-label="Steps">
    ${items}
  </ol>`
}

function progressBar(world: World, payment: PaymentRecord): Html | null {
  const progress = progressOf(world, payment)
  if (!progress) return null
  return html`<progress
      aria-label="Confirmations"
      max="${progress.required}"
      value="${progress.confirmations}"
      data-confirmations
    ></progress>
    <p class="muted" data-progress>${progress.text}</p>`
}

function heldUp(world: World, payment: PaymentRecord): Html | null {
  const money = moneyOf(payment)
  const isOpen = payment.status === 'pending' || payment.status === 'processing'
  if (!isOpen || !money || !isHeldUp(world, payment)) return null
  const { name } = chainOf(money.token)
  return html`<p class="warning">
    ${name} makes no blocks at the moment.
    ${
      payment.status === 'pending'
        ? 'Choose another network, or wait.'
        : 'Your payment goes on when it does: do not pay again.'
    }
  </p>`
}

function adviceFor(payment: PaymentRecord, stage: Stage): string | null {
  const shop = merchantOf(payment).shortName
  const ask = `write to ${shop} and name your order and the transaction.`
  switch (stage) {
    case 'waiting':
      return 'This page notices your payment by itself.'
    case 'confirming':
      return payment.transaction?.isDropped
        ? 'The network threw your transaction out again. Look in your wallet before you pay anew.'
        : `You may close this page: ${shop} is told when it is done.`
    case 'paid':
      return null
    case 'overpaid':
      return `Your order is paid. To have back what was too much, ${ask}`
    case 'underpaid':
      return `Your order is not paid, and the money does not come back by itself: ${ask}`
    case 'reverted':
      return `The network took your transaction back: nothing was paid but its own fee. Start again from your order at ${shop}.`
    case 'dropped':
      return `A reorganisation of the network removed your transaction. Look in your wallet whether the money is back before you pay again.`
    case 'failed':
      return `Your order is not paid. Start again from your order at ${shop}.`
    case 'expired':
      return `No money came in time. Do not send any to this address now: start again from your order at ${shop}.`
    case 'late':
      return `Your order is not paid, for the payment had expired when the money came. It does not come back by itself: ${ask}`
    case 'cancelled':
      return `Do not send money to its address any more. If you have, ${ask}`
  }
}

/** Due and received side by side where they differ, or what came in the end. */
function moneyFacts(payment: PaymentRecord, stage: Stage): Html | null {
  const money = moneyOf(payment)
  if (!money || !hasSettledMoney(payment)) return null
  const { token, due, received } = money
  const came: Fact = ['Received', tokenText(received, token)]
  const worth: readonly Fact[] =
    payment.type === 'deposit' && payment.status === 'completed'
      ? [['Worth', dollars(payment.amountCents)]]
      : []
  const wasDue: readonly Fact[] = due === 0n ? [] : [['Due', tokenText(due, token)]]
  const difference: Partial<Record<Stage, Fact>> = {
    underpaid: ['Missing', tokenText(due - received, token)],
    overpaid: ['Too much', tokenText(received - due, token)],
  }
  const told = difference[stage]
  const facts = stage === 'paid' ? [came, ...worth] : [...wasDue, came, ...(told ? [told] : [])]
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

type Fact = readonly [name: string, value: string]

function transfers(payment: PaymentRecord): Html {
  const { transaction, strays } = payment
  return html`${
    transaction && html`<p class="transfer">Transaction ${transactionLink(transaction)}</p>`
  }
  ${strays.map(
    (stray) =>
      html`<p class="transfer">
        Another transfer, of ${tokenText(BigInt(stray.amount), tokenOf(stray))}, does not count
        ${transactionLink(stray)}
      </p>`,
  )}`
}

function transactionLink({ hash, tokenId }: TransactionRecord): Html {
  const { chainId } = tokenOf({ tokenId })
  return html`<a href="${transactionPath(chainId, hash)}"><code>${hash}</code></a>`
}

function wayBack(payment: PaymentRecord, now: number): Html | null {
  const isOpen = payment.status === 'pending' || payment.status === 'processing'
  const url = isOpen ? null : returnUrl(payment)
  if (url === null) return null
  const countdown = html`<p class="countdown" id="countdown" hidden>
    <span>You are taken there in <b data-seconds>10</b> s.</span>
    <button type="button" class="quiet" id="pause">Pause</button>
  </p>`
  return html`<div class="way-back">
    <a class="button" id="return" rel="noreferrer" href="${url.href}">Back to ${url.host}</a>
    ${returnsByItself(payment, now) ? countdown : null}
  </div>`
}
