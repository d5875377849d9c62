import { possibleOutcomes } from '../control/simulate.ts'
import { type Html, html } from '../pages/html.ts'
import type { PayerOutcome, PaymentRecord } from '../payments/payment-record.ts'
import { checkoutForm } from './checkout-form.ts'
import { stageOf } from './stage.ts'

type Act = readonly [outcome: PayerOutcome, text: string]

const firstActs: readonly Act[] = [
  ['exact', 'Pay exactly'],
  ['under', 'Pay too little'],
  ['over', 'Pay too much'],
  ['two', 'Pay in two transactions'],
  ['late', 'Pay too late'],
  ['expire', 'Pay nothing'],
  ['fail', 'Pay, and it fails'],
]

/** The training drawer: what a customer's wallet would do. */
export function simulatePart(payment: PaymentRecord): Html {
  // Another state has other ids: the focus must not come to rest on a button that pays again.
  const buttons = actsNow(payment).map(
    ([outcome, text]) =>
      html`<button
        class="quiet"
        id="${payment.status}-${outcome}"
        name="outcome"
        value="${outcome}"
      >
        ${text}
      </button>`,
  )
  return html`<details class="simulate" id="simulate">
    <summary id="simulate-summary"><span class="tag">Training</span> Simulate the payer</summary>
    <p class="muted">
      Only in the sandbox: play what the wallet of a customer does, and see what comes of it.
    </p>
    ${checkoutForm(payment, {
      action: 'simulate',
      fields: html`<input type="hidden" name="seen" value="${payment.status}" />
        <div class="acts">${buttons}</div>`,
    })}
  </details>`
}

function actsNow(payment: PaymentRecord): readonly Act[] {
  const possible = possibleOutcomes(payment)
  const acts =
    payment.status === 'pending'
      ? firstActs
      : stageOf(payment) === 'expired'
        ? [['late', 'Pay now, too late'] as const]
        : [['exact', 'Send the amount once more'] as const]
  return acts.filter(([outcome]) => possible.includes(outcome))
}
