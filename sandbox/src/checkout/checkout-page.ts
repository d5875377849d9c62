import { transactionPath } from '../explorer/explorer-paths.ts'
import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/page.ts'
import { leadingQuote, type PaymentRecord } from '../payments/payment-record.ts'
import { dollarText } from '../payments/quote-amount.ts'
import { quoteStatus } from '../payments/serialise-payment.ts'
import { chainOf } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { payBox } from './pay-box.ts'
import { payerStateOf } from './payer-state.ts'
import { returnsByItself, returnUrl } from './return-url.ts'
import { simulateDrawer } from './simulate-drawer.ts'

/** Changes whenever the page would show something else than numbers counting. */
export function pageVersion(payment: PaymentRecord, now: number): string {
  const quote = leadingQuote(payment)
  const { transaction, strays } = payment
  const paid = transaction && `${transaction.block} ${transaction.isDropped}`
  return [
    payment.status,
    quote?.id,
    quote && quoteStatus(payment, quote, now),
    paid,
    strays.length,
  ].join(' ')
}

/** The hosted checkout: what to pay, where, how long it is valid, and what became of it. */
export function checkoutPage(world: World, payment: PaymentRecord): string {
  const now = world.clock.now()
  const merchant = merchantOf(payment)
  const title = payment.type === 'deposit' ? 'Open amount' : `$${dollarText(payment.amountCents)}`
  const isOpen = payment.status === 'pending' || payment.status === 'processing'
  const quote = leadingQuote(payment)
  return page({
    title: `${title} to ${merchant.shortName}`,
    isForPayers: true,
    styles: ['/checkout.css'],
    scripts: ['/checkout.js'],
    refreshSeconds: isOpen ? 20 : null,
    body: html`<main
      class="checkout"
      data-version="${pageVersion(payment, now)}"
      data-open="${isOpen ? 'yes' : 'no'}"
    >
      <header>
        <h1>${merchant.shortName}</h1>
        <p class="order">Order ${payment.orderId}</p>
        <p class="total">${title}</p>
      </header>
      <section data-part="state">${stateBox(world, payment)}</section>
      ${
        payment.status === 'pending' && quote
          ? html`<section data-part="pay">${payBox(world, payment, quote)}</section>`
          : null
      }
      <p id="told" class="visually-hidden" role="status"></p>
      <section data-part="simulate" class="simulate">${simulateDrawer(payment)}</section>
    </main>`,
  })
}

function stateBox(world: World, payment: PaymentRecord): Html {
  const { kind, title, text } = payerStateOf(payment)
  const url = returnUrl(payment)
  return html`<div class="state ${kind}">
    <p class="headline" role="status">${title}</p>
    <p>${text}</p>
    ${payment.status === 'processing' ? confirming(world, payment) : null}
    ${payment.transaction ? transactionLine(payment) : null}
    ${payment.status === 'pending' || payment.status === 'processing' || url === null ? null : wayBack(url, returnsByItself(payment, world.clock.now()))}
  </div>`
}

function confirming(world: World, payment: PaymentRecord): Html | null {
  const { transaction } = payment
  if (!transaction) return null
  const chain = chainOf(tokenOf(transaction))
  const now = world.clock.now()
  const count = world.chains.confirmations(chain.chainId, transaction.block, now)
  return html`<progress
      id="confirmations"
      max="${chain.requiredConfirmations}"
      value="${count}"
      aria-label="Confirmations"
    ></progress>
    <p class="muted">
      <span data-confirmations>${count}</span> of ${chain.requiredConfirmations} confirmations on
      ${chain.name}
    </p>`
}

function transactionLine(payment: PaymentRecord): Html | null {
  const { transaction } = payment
  if (!transaction) return null
  const { chainId } = tokenOf(transaction)
  return html`<p class="transaction">
    <span class="muted">Transaction</span>
    <a href="${transactionPath(chainId, transaction.hash)}">${transaction.hash}</a>
  </p>`
}

/** Only a payment that was paid sends its payer on by itself; whatever else happened wants to be read. */
function wayBack(url: URL, goesByItself: boolean): Html {
  return html`<p class="back">
    <a
      class="button"
      id="back"
      rel="noreferrer"
      href="${url.href}"
      ${goesByItself ? html`data-goes="10"` : null}
      >Back to the shop</a
    >
    ${
      goesByItself
        ? html`<span class="muted" data-going hidden
            >in <span data-seconds>10</span> s
            <button type="button" class="quiet" data-stay>Stay here</button></span
          >`
        : null
    }
  </p>`
}
