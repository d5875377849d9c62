import type { PaymentRecord } from '../payments/payment-record.ts'
import { type Html, html } from '../pages/html.ts'

interface CheckoutForm {
  readonly action: 'quote' | 'simulate'
  readonly fields: Html
  /** Sent as soon as a script sees it. */
  readonly isAutomatic?: boolean
}

/** A form of the payer; the script sends it without leaving the page. */
export function checkoutForm(payment: PaymentRecord, form: CheckoutForm): Html {
  const renew = form.isAutomatic ? html`data-renew` : null
  return html`<form method="post" action="/checkout/${form.action}" data-in-place ${renew}>
    <input type="hidden" name="paymentId" value="${payment.id}" />
    <input type="hidden" name="secret" value="${payment.secret}" />
    ${form.fields}
  </form>`
}
