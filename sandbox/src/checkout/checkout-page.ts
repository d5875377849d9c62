import { renderSVG } from 'uqr'
import { leadingQuote, type PaymentRecord, type QuoteRecord } from '../payments/payment-record.ts'
import { dollarText, expectedAmount, unitText } from '../payments/quote-amount.ts'
import { quoteStatus } from '../payments/serialise-payment.ts'
import { chainOf } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { type Token, tokenOf, tokens } from '../registry/tokens.ts'
import { type Html, html, trusted } from '../pages/html.ts'
import { page } from '../pages/page.ts'
import type { World } from '../world.ts'

/** Changes whenever the page would show something else than numbers counting. */
export function pageVersion(payment: PaymentRecord, now: number): string {
  const quote = leadingQuote(payment)
  return [payment.status, quote?.id, quote && quoteStatus(payment, quote, now)].join(' ')
}

/** The hosted checkout: what to pay, where, how long it is valid, and what became of it. */
export function checkoutPage(world: World, payment: PaymentRecord): string {
  const now = world.clock.now()
  const merchant = merchantOf(payment)
  const quote = leadingQuote(payment)
  const isOpen = payment.status === 'pending' || payment.status === 'processing'
  const title = payment.type === 'deposit' ? 'Open amount' : `$${dollarText(payment.amountCents)}`
  return page({
    title: `${title} to ${merchant.shortName}`,
    isForPayers: true,
    scripts: ['/checkout.js'],
    body: html`<main
      data-version="${pageVersion(payment, now)}"
      data-open="${isOpen ? 'yes' : 'no'}"
    >
      <section>
        <div class="row">
          <h1>${merchant.shortName}</h1>
          <span class="muted">Order ${payment.orderId}</span>
        </div>
        <p class="amount">${title}</p>
        <p class="status ${payment.status}" role="status">${statusText(payment)}</p>
        ${payment.status === 'processing' ? confirming(world, payment) : null}
        ${isOpen ? null : wayBack(payment)}
      </section>
      ${payment.status === 'pending' && quote ? payBox(payment, quote, now) : null}
      ${payment.status === 'pending' ? simulateBox(payment) : null}
    </main>`,
  })
}

const statusTexts = {
  pending: 'Waiting for your payment',
  processing: 'Payment seen, waiting for confirmations',
  completed: 'Paid. Thank you.',
  failed: 'The payment failed',
  expired: 'The payment expired',
  cancelled: 'The shop cancelled this payment',
} as const

function statusText(payment: PaymentRecord): string {
  return statusTexts[payment.status]
}

function confirming(world: World, payment: PaymentRecord): Html | null {
  const { transaction } = payment
  if (!transaction) return null
  const chain = chainOf(tokenOf(transaction))
  const confirmations = world.chains.confirmations(
    chain.chainId,
    transaction.block,
    world.clock.now(),
  )
  return html`<progress
      max="${chain.requiredConfirmations}"
      value="${confirmations}"
      aria-label="Confirmations"
    ></progress>
    <p class="muted">
      <span data-confirmations>${confirmations}</span> of ${chain.requiredConfirmations}
      confirmations on ${chain.name}
    </p>
    <p class="address muted">${transaction.hash}</p>`
}

function payBox(payment: PaymentRecord, quote: QuoteRecord, now: number): Html {
  const token = tokenOf(quote)
  const chain = chainOf(token)
  const price = { rateE8: quote.rateE8, decimals: token.decimals }
  const amount = expectedAmount(quote.dueCents, price)
  const isActive = quoteStatus(payment, quote, now) === 'active'
  const sum =
    amount === 0n
      ? `any amount of ${token.symbol}`
      : `${unitText(amount, token.decimals)} ${token.symbol}`
  return html`<section>
    ${tokenForm(payment, token)}
    ${
      isActive
        ? html`<div class="row">
              <span>Send exactly</span
              ><span class="muted"
                >valid for <time data-until="${quote.expiresAt}" data-now="${now}"></time
              ></span>
            </div>
            <p class="amount send">${sum}</p>
            <p class="muted">on ${chain.name}${feeText(payment, quote)}</p>
            <div class="qr">
              ${trusted(renderSVG(walletLink(payment, token, amount), { ecc: 'M', border: 1 }))}
            </div>
            <p class="address">${payment.depositAddress}</p>
            <button type="button" class="quiet" data-copy="${payment.depositAddress}">
              Copy address
            </button>`
        : html`<p>This price is no longer valid.</p>
            ${act(payment, 'quote', html`<input type="hidden" name="tokenId" value="${token.id}" /><button>Get a new price</button>`)}`
    }
  </section>`
}

function feeText(payment: PaymentRecord, quote: QuoteRecord): string {
  if (payment.type === 'deposit') return ''
  return `, fee of $${dollarText(quote.dueCents - payment.amountCents)} included`
}

function tokenForm(payment: PaymentRecord, chosen: Token): Html {
  const options = tokens.map(
    (token) =>
      html`<option value="${token.id}" ${token.id === chosen.id ? html` selected` : null}>
        ${token.symbol} on ${chainOf(token).name}
      </option>`,
  )
  return act(
    payment,
    'quote',
    html`<label
        >Pay with<select name="tokenId">
          ${options}
        </select></label
      ><noscript><button>Choose</button></noscript>`,
  )
}

const acts = [
  ['exact', 'Pay exactly'],
  ['under', 'Pay too little'],
  ['over', 'Pay too much'],
  ['late', 'Pay too late'],
  ['expire', 'Pay nothing'],
] as const

function simulateBox(payment: PaymentRecord): Html {
  const buttons = acts.map(
    ([outcome, label]) =>
      html`<button class="quiet" name="outcome" value="${outcome}">${label}</button>`,
  )
  return html`<section class="simulate">
    <h2>Simulate the payer</h2>
    <p class="muted">Only in the sandbox: play what a customer's wallet would do.</p>
    ${act(payment, 'simulate', html`<div class="buttons">${buttons}</div>`)}
  </section>`
}

function act(payment: PaymentRecord, action: 'quote' | 'simulate', fields: Html): Html {
  return html`<form method="post" action="/checkout/${action}">
    <input type="hidden" name="paymentId" value="${payment.id}" />
    <input type="hidden" name="secret" value="${payment.secret}" />
    ${fields}
  </form>`
}

/** The shop's page with what the documents promise in its query; only web addresses become links. */
function wayBack(payment: PaymentRecord): Html | null {
  if (payment.redirectUrl === null || !/^https?:/i.test(payment.redirectUrl)) return null
  const url = new URL(payment.redirectUrl)
  url.searchParams.set('paymentId', payment.id)
  url.searchParams.set('orderId', payment.orderId)
  url.searchParams.set('status', payment.status)
  return html`<a class="button" rel="noreferrer" href="${url.href}">Back to the shop</a>`
}

/** What wallets read from the code (EIP-681). */
function walletLink(payment: PaymentRecord, token: Token, amount: bigint): string {
  if (token.assetType === 'native') {
    return `ethereum:${payment.depositAddress}@${token.chainId}?value=${amount}`
  }
  return `ethereum:${token.contractAddress}@${token.chainId}/transfer?address=${payment.depositAddress}&uint256=${amount}`
}
