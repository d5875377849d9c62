import { type Html, html } from '../pages/html.ts'
import { possibleOutcomes } from '../control/simulate.ts'
import type { PayerOutcome, PaymentRecord } from '../payments/payment-record.ts'
import { checkoutForm } from './checkout-form.ts'

const labels: Readonly<Record<PayerOutcome, string>> = {
  exact: 'Pay exactly',
  under: 'Pay too little',
  over: 'Pay too much',
  two: 'Pay in two transactions',
  late: 'Pay too late',
  expire: 'Pay nothing',
  fail: 'Let the network fail',
}

/** For training: what a customer's wallet would do. Closed until somebody opens it, and marked. */
export function simulateDrawer(payment: PaymentRecord): Html {
  const buttons = possibleOutcomes(payment).map(
    (outcome) =>
      html`<button class="quiet" name="outcome" value="${outcome}">${labels[outcome]}</button>`,
  )
  return html`<details id="simulate">
    <summary>Simulate the payer</summary>
    <p class="muted">Only in the sandbox: play what a customer's wallet would do.</p>
    ${checkoutForm(payment, 'simulate', html`<div class="buttons">${buttons}</div>`)}
  </details>`
}
