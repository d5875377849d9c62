import { dollars } from '../control-page/shown.ts'
import { feesOf } from '../payments/fees.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'
import { merchantOf } from '../registry/merchant.ts'
import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/page.ts'
import type { World } from '../world.ts'
import { payPart } from './pay-part.ts'
import { simulatePart } from './simulate-part.ts'
import { pageVersion, stageOf } from './stage.ts'
import { stageText, statePart } from './state-part.ts'

/** How often a browser without scripts looks again, in seconds. */
const LOOK_SECONDS = { pending: 30, processing: 5 } as const

const frame = {
  isForPayers: true,
  styles: ['/checkout.css'],
}

/**
 * The hosted checkout: what to pay, where, how long it is valid, and what became of it. The script
 * replaces what stands in a `data-part` when the payment changes, and leaves the rest alone.
 */
export function checkoutPage(
  world: World,
  payment: PaymentRecord,
  problem: string | null = null,
): string {
  const { status } = payment
  const isOpen = status === 'pending' || status === 'processing'
  return page({
    ...frame,
    title: `${stageText(payment)} · ${amountText(payment)} to ${merchantOf(payment).shortName}`,
    scripts: ['/checkout.js'],
    ...(isOpen && { refreshSeconds: LOOK_SECONDS[status] }),
    body: html`<main
      class="checkout"
      data-version="${pageVersion(world, payment)}"
      data-now="${world.clock.now()}"
      data-open="${isOpen ? 'yes' : 'no'}"
    >
      <div class="about">
        <section class="order" data-part="order">${orderPart(payment)}</section>
        <section class="state">
          <p role="status" id="state" tabindex="-1" class="${stageOf(payment)}">
            ${stageText(payment)}
          </p>
          <div data-part="state">${statePart(world, payment)}</div>
        </section>
      </div>
      <div data-part="pay">${payPart(world, payment, problem)}</div>
      <div class="training" data-part="simulate">${simulatePart(payment)}</div>
      <p class="unseen" id="said" aria-live="polite"></p>
    </main>`,
  })
}

/** What a payer sees whose link leads to no payment. */
export function noPaymentPage(message: string): string {
  return page({
    ...frame,
    title: 'No payment here',
    body: html`<main>
      <section>
        <h1>This link leads to no payment</h1>
        <p>${message}</p>
        <p class="muted">
          Open it again from the shop, whole and unchanged: it ends with the secret of the payment.
        </p>
      </section>
    </main>`,
  })
}

function amountText({ type, amountCents }: PaymentRecord): string {
  return type === 'deposit' && amountCents === 0 ? 'Open amount' : dollars(amountCents)
}

function orderPart(payment: PaymentRecord): Html {
  const { shortName } = merchantOf(payment)
  return html`<p class="merchant">
      <span class="logo" aria-hidden="true">${shortName.slice(0, 1)}</span> ${shortName}
    </p>
    <h1>${amountText(payment)}</h1>
    <p class="muted">Order <bdi class="order-id">${payment.orderId}</bdi></p>
    ${priceFacts(payment)}`
}

function priceFacts(payment: PaymentRecord): Html | null {
  if (payment.type === 'deposit') return null
  const { amountDueCents } = feesOf(payment)
  return html`<dl class="facts">
    <div>
      <dt>Price</dt>
      <dd>${dollars(payment.amountCents)}</dd>
    </div>
    <div>
      <dt>Network fee</dt>
      <dd>${dollars(amountDueCents - payment.amountCents)}</dd>
    </div>
    <div class="total">
      <dt>In all</dt>
      <dd>${dollars(amountDueCents)}</dd>
    </div>
  </dl>`
}
