import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { page } from './page.ts'

/** What this is, the quickest way to make a payment, and how a shop is connected to it. */
export function startPage(world: World, problem: string | null): string {
  return page({
    title: 'SpacePay sandbox',
    body: html`<main class="wide">
      <section>
        <h1>SpacePay sandbox</h1>
        <p>
          A local stand-in for SpacePay: its API, the checkout customers see, signed webhooks and
          networks that one can watch. It holds ${world.payments.all().length.toLocaleString('en')}
          payments.
        </p>
        <p>
          <a href="/control">Control it</a>: time, faults, webhooks, scenarios for training.
          <a href="/docs">Read the API</a>. <a href="/explorer">Watch the networks</a>.
        </p>
      </section>
      ${orderForm(world, problem)} ${steps(world)}
    </main>`,
  })
}

function orderForm(world: World, problem: string | null): Html {
  return html`<section>
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
      An order id that ends in -EXACT, -UNDER, -OVER, -EXPIRE, -FAIL, -LATE or -TWO plays itself.
    </p>
  </section>`
}

/** The steps of the public integration page, with what they need here filled in. */
function steps(world: World): Html {
  const { secretKey, webhookSecret, webhookUrl, profile } = world.settings
  const base = `${world.url()}/v1/external/secretkey-auth`
  const created = profile === 'seed' ? 'checkout_url' : 'paymentUrl'
  return html`<section>
    <h2>Connect a shop</h2>
    <ol>
      <li>
        <strong>Keys.</strong> The secret key of the test merchant is <code>${secretKey}</code>. It
        belongs on a server, never in a browser.
      </li>
      <li>
        <strong>HTTP client.</strong> The API is at <code>${base}</code>; every call carries the key
        in <code>X-SpacePay-Secret-Key</code>.
      </li>
      <li>
        <strong>Create and redirect.</strong> Create a payment, keep its id with the order, and send
        the customer to its <code>${created}</code>:
        <pre>${createSample(base, secretKey)}</pre>
      </li>
      <li>
        <strong>Webhook.</strong> Register the shop's address on the
        <a href="/control/webhooks">control page</a>. Each message is signed:
        <code>X-SpacePay-Signature</code> is the hex HMAC-SHA256 of
        <code>X-SpacePay-Timestamp</code>, a dot and the raw body, under the endpoint's secret.
        ${
          webhookUrl === null
            ? null
            : html`Already registered: <code>${webhookUrl}</code> with
                <code>${webhookSecret}</code>.`
        }
      </li>
      <li>
        <strong>Settlement record.</strong> When a webhook says <code>payment.updated</code>, read
        the payment, and once it is <code>completed</code> keep its receipt: transaction, amount
        received and fees.
        <pre>
curl ${base}/payments/PAYMENT_ID \\
  -H 'X-SpacePay-Secret-Key: ${secretKey}'</pre>
      </li>
    </ol>
  </section>`
}

function createSample(base: string, secretKey: string): string {
  return [
    `curl ${base}/payments \\`,
    `  -H 'X-SpacePay-Secret-Key: ${secretKey}' \\`,
    `  -H 'Content-Type: application/json' -H 'Idempotency-Key: order-8827' \\`,
    `  -d '{"amount":14999,"currency":"USD","orderId":"ORDER-8827",`,
    `       "redirectUrl":"https://shop.example/thanks"}'`,
  ].join('\n')
}
