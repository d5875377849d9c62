import type { World } from '../world.ts'
import { html } from './html.ts'
import { page } from './page.ts'

const controls = [
  ['POST /__sandbox/payments/{id}/simulate', '{"outcome":"exact|under|over|expire|fail|late"}'],
  ['POST /__sandbox/withdrawals/{id}/simulate', '{"outcome":"complete|fail|cancel"}'],
  ['GET, POST /__sandbox/webhooks', 'endpoints; DELETE /__sandbox/webhooks/{id}'],
  ['GET /__sandbox/webhooks/attempts', 'every delivery attempt'],
  ['POST /__sandbox/webhooks/resend', '{"eventId":"…"} or {"subjectId":"…"} or {"since":"…"}'],
  ['POST /__sandbox/clock/advance', '{"ms":600000}'],
  [
    'POST /__sandbox/faults',
    '{"on":"payments.list","effect":{"kind":"status","status":500},"next":3}',
  ],
  ['GET /__sandbox/ledger', 'withdrawals that were really accepted'],
  ['GET /__sandbox/requests', 'every call of the API'],
  ['POST /__sandbox/reset', 'a fresh history'],
] as const

/** What this is, and the quickest way to make a payment. */
export function startPage(world: World, problem: string | null): string {
  const rows = controls.map(
    ([route, body]) =>
      html`<tr>
        <td><code>${route}</code></td>
        <td class="muted">${body}</td>
      </tr>`,
  )
  return page({
    title: 'SpacePay sandbox',
    body: html`<main class="wide">
      <section>
        <h1>SpacePay sandbox</h1>
        <p>
          A local stand-in for the SpacePay API: payments, withdrawals, webhooks and a simulated
          chain. It holds ${world.payments.all().length} payments.
        </p>
        <p class="muted">
          API base <code>${world.url()}/v1/external/secretkey-auth</code>, header
          <code>X-SpacePay-Secret-Key</code>.
        </p>
      </section>
      <section>
        <h2>Create a payment</h2>
        ${problem === null ? null : html`<p class="status failed" role="alert">${problem}</p>`}
        <form method="post" action="/">
          <label
            >Amount in US dollars<input name="amount" inputmode="decimal" required value="49.99"
          /></label>
          <label
            >Order id<input
              name="orderId"
              required
              maxlength="255"
              value="ORDER-${String(world.clock.now()).slice(-6)}"
          /></label>
          <button>Create and open the checkout</button>
        </form>
        <p class="muted">
          An order id that ends in -EXACT, -UNDER, -OVER, -EXPIRE or -FAIL plays itself.
        </p>
      </section>
      <section>
        <h2>Controls</h2>
        <table>
          ${rows}
        </table>
      </section>
    </main>`,
  })
}
