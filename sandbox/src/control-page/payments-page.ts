import { depositAddressOn } from '../chain/deposit-address.ts'
import { possibleOutcomes } from '../control/simulate.ts'
import { addressPath, transactionPath } from '../explorer/explorer-paths.ts'
import { type Html, html } from '../pages/html.ts'
import {
  leadingQuote,
  type PayerOutcome,
  type PaymentRecord,
  paymentStatuses,
} from '../payments/payment-record.ts'
import { checkoutUrl } from '../payments/payments.routes.ts'
import { chainOf } from '../registry/chains.ts'
import { mainMerchant, merchantOf } from '../registry/merchant.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { choiceField, hiddenFields, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { listTable } from './list-table.ts'
import { newestPage, pager } from './pager.ts'
import { actPath } from './section-forms.ts'
import { badge, dollars, foreignText, instant, shortId, statusBadge } from './shown.ts'
import type { Told } from './told.ts'

export interface RecordSearch {
  readonly q: string
  readonly status: string
  readonly offset: number
}

/** The newest payments of both merchants, with what their payers can still do. */
export function paymentsPage(world: World, search: RecordSearch, told: Told): string {
  const found = world.payments.all().filter((payment) => isWanted(payment, search))
  const page = newestPage(found, search.offset)
  return controlPage(world, {
    section: 'payments',
    told,
    body: html`<section>
      ${searchBar(search, { path: '/control/payments', statuses: paymentStatuses })}
      <div data-live="payments">
        ${listTable({
          label: 'Payments, newest first',
          nothing: 'No payment matches.',
          columns: [
            { name: 'Created (UTC)' },
            { name: 'Order' },
            { name: 'Amount', isNumber: true },
            { name: 'Status' },
            { name: 'Payment' },
            { name: 'Leads to' },
            { name: 'Simulate the payer', isUnnamed: true },
          ],
          rows: page.rows.map((payment) => [
            instant(payment.createdAt),
            html`${foreignText(payment.orderId)} ${marks(payment)}`,
            html`${dollars(payment.amountCents)}`,
            html`${statusBadge(payment.status)} ${planText(world, payment)}`,
            shortId(payment.id, `/control/payments/${encodeURIComponent(payment.id)}`),
            paymentLinks(world, payment),
            simulateButtons(payment),
          ]),
        })}
      </div>
      ${pager('/control/payments', queryOf(search), page)}
    </section>`,
  })
}

/** A search field and a choice of status above a list. */
export function searchBar(
  { q, status }: RecordSearch,
  list: { readonly path: string; readonly statuses: readonly string[] },
): Html {
  const choices = [['', 'All'], ...list.statuses.map((one) => [one, one] as const)] as const
  return html`<form method="get" action="${list.path}" class="bar">
    ${textField({ form: 'find', label: 'Search by id, order, address or transaction', name: 'q', value: q, refusal: null, kind: 'search' })}
    ${choiceField({ form: 'find', label: 'Status', name: 'status', value: status, refusal: null, choices })}
    <button class="quiet">Find</button>
  </form>`
}

/** The query of a list without what is not set. */
export function queryOf({ q, status }: RecordSearch): Record<string, string> {
  return { ...(q !== '' && { q }), ...(status !== '' && { status }) }
}

function isWanted(payment: PaymentRecord, { q, status }: RecordSearch): boolean {
  if (status !== '' && payment.status !== status) return false
  const words = q.trim().toLowerCase()
  if (words === '') return true
  const { id, orderId, depositAddress, transaction } = payment
  return [id, orderId, depositAddress, transaction?.hash ?? ''].some((text) =>
    text.toLowerCase().includes(words),
  )
}

/** What is out of the ordinary about a payment. */
function marks(payment: PaymentRecord): Html[] {
  const found: Html[] = []
  if (payment.type === 'deposit') found.push(badge('deposit', 'spent'))
  if (payment.merchantId !== mainMerchant.id) {
    found.push(badge(merchantOf(payment).shortName, 'spent'))
  }
  if (payment.strays.length > 0) found.push(badge('stray money', 'warn'))
  if (payment.status === 'expired' && payment.transaction) found.push(badge('paid late', 'warn'))
  return found
}

function planText(world: World, payment: PaymentRecord): Html | null {
  const { plan, transaction } = payment
  if (payment.status === 'pending' && plan) {
    return html`<small class="muted">will play ${outcomeNames[plan.outcome].toLowerCase()}</small>`
  }
  if (payment.status !== 'processing' || !transaction) return null
  const { chainId, requiredConfirmations } = chainOf(tokenOf(transaction))
  const seen = world.chains.confirmations(chainId, transaction.block, world.clock.now())
  return html`<small class="muted">${seen} of ${requiredConfirmations} confirmations</small>`
}

/** The pages that others see of a payment. */
export function paymentLinks(world: World, payment: PaymentRecord): Html {
  const { pathname, search } = new URL(checkoutUrl(world, payment))
  const { transaction } = payment
  const quote = leadingQuote(payment)
  const chain = quote && chainOf(tokenOf(quote))
  const explorer =
    chain &&
    (transaction
      ? transactionPath(chain.chainId, transaction.hash)
      : addressPath(chain.chainId, depositAddressOn(chain, payment.depositAddress)))
  return html`<span class="links"
    ><a href="${pathname + search}">Checkout</a>${
      explorer === null ? null : html`<a href="${explorer}">Explorer</a>`
    }</span
  >`
}

const outcomeNames: Readonly<Record<PayerOutcome, string>> = {
  exact: 'Exact',
  under: 'Too little',
  over: 'Too much',
  late: 'Too late',
  two: 'Two halves',
  expire: 'Nothing',
  fail: 'Reverted',
}

/** A button for everything the payer can do now; after the end these are folded away. */
export function simulateButtons(payment: PaymentRecord): Html {
  const buttons = possibleOutcomes(payment).map(
    (outcome) =>
      html`<button class="quiet" name="outcome" value="${outcome}">
        ${outcomeNames[outcome]}
      </button>`,
  )
  const form = html`<form
    method="post"
    action="${actPath}/payment"
    class="buttons"
    aria-label="Simulate the payer of ${payment.orderId}"
  >
    ${hiddenFields({ id: payment.id })}${buttons}
  </form>`
  if (payment.status === 'pending') return form
  return html`<details>
    <summary>Send more</summary>
    ${form}
  </details>`
}
