import { renderSVG } from 'uqr'
import { depositAddressOn } from '../chain/deposit-address.ts'
import { type Html, html, trusted } from '../pages/html.ts'
import type { PaymentRecord, QuoteRecord } from '../payments/payment-record.ts'
import { dollarText, expectedAmount, unitText } from '../payments/quote-amount.ts'
import { quoteStatus } from '../payments/serialise-payment.ts'
import { chainOf, chainsOf } from '../registry/chains.ts'
import { type Token, tokenOf, tokensOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { checkoutForm } from './checkout-form.ts'
import { paymentUri, walletLinks } from './wallet-links.ts'

/** Token, amount, address and time left, or a way to a new price once the old one has run out. */
export function payBox(world: World, payment: PaymentRecord, quote: QuoteRecord): Html {
  const now = world.clock.now()
  const isActive = quoteStatus(payment, quote, now) === 'active'
  return html`${tokenChoice(world, payment, tokenOf(quote))}
  ${isActive ? toPay(payment, quote, now) : newPrice(payment, quote)}`
}

function toPay(payment: PaymentRecord, quote: QuoteRecord, now: number): Html {
  const token = tokenOf(quote)
  const chain = chainOf(token)
  const amount = expectedAmount(quote.dueCents, { rateE8: quote.rateE8, decimals: token.decimals })
  const address = depositAddressOn(chain, payment.depositAddress)
  const target = { token, chain, address, amount }
  const uri = paymentUri(target)
  const number = unitText(amount, token.decimals)
  return html`<div class="due">
      <p class="muted">${amount === 0n ? 'Send any amount of' : 'Send exactly'}</p>
      <p class="sum">
        <span class="figure">${amount === 0n ? token.symbol : `${number} ${token.symbol}`}</span>
        ${amount === 0n ? null : copyButton(number, 'Copy amount')}
      </p>
      <p class="muted">on ${chain.name}${feeText(payment, quote)}</p>
    </div>
    <p class="left">
      <span>Price valid for</span>
      <time id="left" data-until="${quote.expiresAt}" data-now="${now}"
        >until ${new Date(quote.expiresAt).toISOString().slice(11, 16)} UTC</time
      >
    </p>
    <div class="qr" role="img" aria-label="QR code for your wallet">
      ${trusted(renderSVG(uri ?? address, { ecc: 'M', border: 1 }))}
    </div>
    <p class="muted">To this address</p>
    <p class="address">${address}</p>
    <p class="actions">
      ${copyButton(address, 'Copy address')}
      ${uri === null ? null : html`<a class="button quiet" href="${uri}">Open in wallet</a>`}
      ${walletLinks(target).map(
        ({ name, href }) =>
          html`<a class="button quiet" rel="noreferrer" href="${href}">${name}</a>`,
      )}
    </p>
    <p class="warning">
      This is a sandbox: nobody holds the keys of this address. Real money sent to it is lost.
    </p>`
}

function newPrice(payment: PaymentRecord, quote: QuoteRecord): Html {
  return checkoutForm(
    payment,
    'quote',
    html`<p data-expired>The price has run out.</p>
      <input type="hidden" name="tokenId" value="${quote.tokenId}" />
      <button id="new-price">Get a new price</button>`,
  )
}

function feeText(payment: PaymentRecord, quote: QuoteRecord): string {
  if (payment.type === 'deposit') return ''
  const feeCents = quote.dueCents - payment.amountCents
  return feeCents === 0 ? '' : `, fee of $${dollarText(feeCents)} included`
}

/** Coins under their network, as the phone's own picker shows groups. */
function tokenChoice(world: World, payment: PaymentRecord, chosen: Token): Html {
  const { profile } = world.settings
  const groups = chainsOf(profile).map((chain) => {
    const options = tokensOf(profile)
      .filter((token) => token.chainId === chain.chainId)
      .map(
        (token) =>
          html`<option value="${token.id}" ${token.id === chosen.id ? html`selected` : null}>
            ${token.symbol} on ${chain.name}
          </option>`,
      )
    return html`<optgroup label="${chain.name}">${options}</optgroup>`
  })
  return checkoutForm(
    payment,
    'quote',
    html`<label for="token">Pay with</label>
      <select id="token" name="tokenId">
        ${groups}
      </select>
      <noscript><button>Choose</button></noscript>`,
  )
}

function copyButton(text: string, label: string): Html {
  return html`<button
    type="button"
    class="quiet"
    id="${label.toLowerCase().replace(' ', '-')}"
    data-copy="${text}"
  >
    ${label}
  </button>`
}
