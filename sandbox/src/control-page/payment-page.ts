import { paymentOf } from '../control/simulate.ts'
import { addressPath, transactionPath } from '../explorer/explorer-paths.ts'
import { depositAddressOn } from '../chain/deposit-address.ts'
import { type Html, html } from '../pages/html.ts'
import {
  leadingQuote,
  type PaymentRecord,
  type TransactionRecord,
} from '../payments/payment-record.ts'
import { shownPayment, viewOf } from '../payments/payments.routes.ts'
import { unitText } from '../payments/quote-amount.ts'
import { chainOf } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { actButton } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { factList, listTable } from './list-table.ts'
import { paymentLinks, simulateButtons } from './payments-page.ts'
import { actPath } from './section-forms.ts'
import { badge, dollars, foreignText, instant, shortId, statusBadge } from './shown.ts'
import type { Told } from './told.ts'

/** Everything about one payment, also what the API does not tell; 404 when there is none. */
export function paymentPage(world: World, id: string, told: Told): string {
  const payment = paymentOf(world, id)
  return controlPage(world, {
    section: 'payments',
    title: `Payment ${payment.id.slice(0, 8)}`,
    told,
    body: html`<p><a href="/control/payments">All payments</a></p>
      <div class="columns" data-live="payment">
        <section>
          <h2>Now</h2>
          ${factList([
            ['Id', html`<code>${payment.id}</code>`],
            ['Status', statusBadge(payment.status)],
            ['Order', foreignText(payment.orderId)],
            ['Merchant', html`${merchantOf(payment).shortName}`],
            ['Amount', html`${dollars(payment.amountCents)}`],
            ['Created', instant(payment.createdAt)],
            ['Expires', instant(payment.expiresAt)],
            ['Plays by itself', planFact(payment)],
            ['Deposit address', addressFact(payment)],
            ['Leads to', paymentLinks(world, payment)],
          ])}
        </section>
        <section>
          <h2>Money that was sent</h2>
          ${transactionTable(world, payment)}
          <h2>Simulate the payer</h2>
          ${simulateButtons(payment)}
          <h2>Webhooks</h2>
          <div class="buttons">
            <a class="button quiet" href="/control/webhooks?q=${payment.id}#attempts">Attempts</a>
            ${actButton({ action: `${actPath}/resend`, text: 'Send all again', fields: { about: payment.id } })}
          </div>
        </section>
      </div>
      <section>
        <h2>As the API shows it</h2>
        <pre tabindex="0" aria-label="The payment as JSON">
${JSON.stringify(shownPayment(payment, viewOf(world)), null, 2)}</pre>
      </section>`,
  })
}

function planFact({ plan }: PaymentRecord): Html {
  return plan
    ? html`${plan.outcome} at ${instant(plan.at)}`
    : html`<span class="muted">nothing</span>`
}

function addressFact(payment: PaymentRecord): Html {
  const quote = leadingQuote(payment)
  if (!quote) return html`<code>${payment.depositAddress}</code>`
  const chain = chainOf(tokenOf(quote))
  const address = depositAddressOn(chain, payment.depositAddress)
  return html`<a href="${addressPath(chain.chainId, address)}"><code>${address}</code></a> on
    ${chain.name}`
}

function transactionTable(world: World, payment: PaymentRecord): Html {
  const sent = payment.transaction ? [payment.transaction, ...payment.strays] : payment.strays
  return listTable({
    label: 'Transactions to the deposit address',
    nothing: 'Nothing was sent yet.',
    columns: [
      { name: 'Transaction' },
      { name: 'Amount', isNumber: true },
      { name: 'Confirmations', isNumber: true },
      { name: 'Counts' },
    ],
    rows: sent.map((transaction) => {
      const token = tokenOf(transaction)
      const chain = chainOf(token)
      const seen = world.chains.confirmations(chain.chainId, transaction.block, world.clock.now())
      return [
        shortId(transaction.hash, transactionPath(chain.chainId, transaction.hash)),
        html`${unitText(BigInt(transaction.amount), token.decimals)} ${token.symbol}`,
        html`${seen} of ${chain.requiredConfirmations}`,
        fateOf(payment, transaction),
      ]
    }),
  })
}

function fateOf(payment: PaymentRecord, transaction: TransactionRecord): Html {
  if (transaction.isReverted) return badge('reverted', 'bad')
  if (transaction.isDropped) return badge('dropped by a reorganisation', 'bad')
  if (payment.transaction !== transaction) return badge('stray', 'warn')
  return payment.status === 'expired' ? badge('too late', 'warn') : badge('yes', 'good')
}
