import { renderSVG } from 'uqr'
import { depositAddressOn } from '../chain/deposit-address.ts'
import { leadingQuote, type PaymentRecord, type QuoteRecord } from '../payments/payment-record.ts'
import { dollarText, unitText } from '../payments/quote-amount.ts'
import { quoteStatus } from '../payments/serialise-payment.ts'
import { type Html, html, trusted } from '../pages/html.ts'
import { chainOf } from '../registry/chains.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { checkoutForm } from './checkout-form.ts'
import { choicePart } from './choice-part.ts'
import { moneyOf, tokenText } from './stage.ts'
import { paymentUri, type PaymentTarget, walletLinks } from './wallet-links.ts'

/** What to send, where and until when; nothing once the payment cannot be paid any more. */
export function payPart(world: World, payment: PaymentRecord, problem: string | null): Html | null {
  const quote = leadingQuote(payment)
  if (payment.status !== 'pending' || !quote) return null
  const token = tokenOf(quote)
  const chain = chainOf(token)
  const address = depositAddressOn(chain, payment.depositAddress)
  const target = { token, chain, address, amount: moneyOf(payment)?.due ?? 0n }
  const isActive = quoteStatus(payment, quote, world.clock.now()) === 'active'
  return html`<section aria-labelledby="pay-title">
    <h2 id="pay-title">Your payment</h2>
    ${choicePart(world, payment, token)}
    ${payment.type === 'deposit' ? amountForm(payment, quote, problem) : null}
    ${isActive ? html`${timer(payment, quote)} ${request(target)}` : renewal(payment, quote)}
  </section>`
}

/** How long the price is held, which only a named amount has, and the payment open. */
function timer(payment: PaymentRecord, quote: QuoteRecord): Html {
  const open = html`The payment stays open
    <span data-preposition>until</span> ${instant(payment.expiresAt)}.`
  if (quote.dueCents === 0) return html`<p class="timer">${open}</p>`
  const until = Math.min(quote.expiresAt, payment.expiresAt)
  const lengthMs = until - quote.createdAt
  return html`<div class="timer">
    <p>Price held <span data-preposition>until</span> ${instant(until)}</p>
    <progress
      aria-label="Time left of this price"
      max="${lengthMs}"
      value="${lengthMs}"
      data-left-of="${until}"
    ></progress>
    <p class="muted">
      ${until < payment.expiresAt ? 'A new price follows by itself.' : null} ${open}
    </p>
  </div>`
}

/** An instant of today, which the script turns into a countdown. */
function instant(at: number): Html {
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}" data-until="${at}">${iso.slice(11, 16)} UTC</time>`
}

function request(target: PaymentTarget): Html {
  const { token, chain, address, amount } = target
  const sum = amount === 0n ? `any amount of ${token.symbol}` : tokenText(amount, token)
  const uri = paymentUri(target)
  return html`<dl class="request">
      <div>
        <dt>${amount === 0n ? 'Send' : 'Send exactly'}</dt>
        <dd>
          <span class="send ${sum.length > 16 ? 'long' : ''}" id="amount">${sum}</span>
          ${amount === 0n ? null : copyButton('amount', unitText(amount, token.decimals))}
        </dd>
      </div>
      <div>
        <dt>To this address on ${chain.name}</dt>
        <dd><code id="address">${address}</code> ${copyButton('address', address)}</dd>
      </div>
    </dl>
    <div class="ways">
      <div
        class="qr"
        role="img"
        aria-label="Code for wallets: ${sum} to ${address} on ${chain.name}"
      >
        ${trusted(renderSVG(uri ?? address, { ecc: 'M', border: 1 }))}
      </div>
      ${walletsOf(target, uri)}
    </div>
    <p class="muted">
      Send ${token.symbol} on ${chain.name} only, in one transfer. Other coins, other networks and
      amounts in parts do not count.
    </p>
    <p class="warning">
      This address is part of the sandbox: nobody gets real money back that is sent to it.
    </p>`
}

function copyButton(what: string, value: string): Html {
  return html`<button
    type="button"
    class="quiet copy"
    hidden
    id="copy-${what}"
    data-copy="${value}"
    data-what="${what}"
  >
    <span>Copy</span><span class="unseen"> ${what}</span>
  </button>`
}

function walletsOf(target: PaymentTarget, uri: string | null): Html {
  const named = walletLinks(target).map(
    ({ name, href }) =>
      html`<a class="button quiet" rel="noreferrer" target="_blank" href="${href}"
        >${name}<span class="unseen"> (opens another tab)</span></a
      >`,
  )
  return html`<div class="wallets">
    ${uri === null ? null : html`<a class="button" href="${uri}">Open in wallet</a>`} ${named}
  </div>`
}

/** Without a script the payer asks for the new price. */
function renewal(payment: PaymentRecord, quote: QuoteRecord): Html {
  return html`<p>This price is no longer valid.</p>
    ${checkoutForm(payment, {
      action: 'quote',
      isAutomatic: true,
      fields: html`<input type="hidden" name="tokenId" value="${quote.tokenId}" />
        <button id="renew">Get a new price</button>`,
    })}`
}

function amountForm(payment: PaymentRecord, quote: QuoteRecord, problem: string | null): Html {
  const value = quote.dueCents === 0 ? '' : dollarText(quote.dueCents)
  const complaint =
    problem === null
      ? null
      : html`<p class="problem" id="amount-problem" role="alert">${problem}</p>`
  const describedBy = problem === null ? null : html`aria-describedby="amount-problem"`
  return checkoutForm(payment, {
    action: 'quote',
    fields: html`<input type="hidden" name="tokenId" value="${quote.tokenId}" />
      <label for="deposit-amount">How much, in US dollars</label>
      <div class="field">
        <input
          id="deposit-amount"
          name="amount"
          inputmode="decimal"
          autocomplete="off"
          required
          placeholder="50.00"
          value="${value}"
          ${describedBy}
        />
        <button class="quiet" id="deposit-button">Get the exact amount</button>
      </div>
      ${complaint}`,
  })
}
