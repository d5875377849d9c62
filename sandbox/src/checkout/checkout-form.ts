import { type Html, html } from '../pages/html.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'

/** A form of the checkout, which carries what opens it. */
export function checkoutForm(
  payment: PaymentRecord,
  action: 'quote' | 'simulate',
  fields: Html,
): Html {
  return html`<form method="post" action="/checkout/${action}">
    <input type="hidden" name="paymentId" value="${payment.id}" />
    <input type="hidden" name="secret" value="${payment.secret}" />
    ${fields}
  </form>`
}
