import { html, type Html } from '../pages/html.ts'
import { mainMerchant, merchantOf, otherMerchant } from '../registry/merchant.ts'
import type { DeliveryStats } from '../webhooks/delivery-stats.ts'
import { deliveryStats } from '../webhooks/delivery-stats.ts'
import type { AttemptRecord, EndpointRecord } from '../webhooks/webhook-record.ts'
import type { World } from '../world.ts'
import { type AttemptSearch, attemptsBox } from './attempts-table.ts'
import { actButton, choiceField, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { listTable } from './list-table.ts'
import type { PageOf } from './pager.ts'
import { actPath } from './section-forms.ts'
import { badge, count, countOf, foreignText, instant } from './shown.ts'
import type { Refusal, Told } from './told.ts'

/** Who is told, how that went, and every attempt of it. */
export function webhooksPage(
  world: World,
  attempts: { readonly search: AttemptSearch; readonly page: PageOf<AttemptRecord> },
  told: Told,
): string {
  const { store } = world.webhooks
  const stats = deliveryStats(store)
  return controlPage(world, {
    section: 'webhooks',
    told,
    body: html`<section>
        <div data-live="endpoints">
          <h2>Endpoints</h2>
          ${endpointTable(store.endpoints(), stats)}
        </div>
        ${addForm(told.refusal)}
      </section>
      ${attemptsBox(world, attempts.search, attempts.page)} ${resendBox(told.refusal)}`,
  })
}

function endpointTable(
  endpoints: readonly EndpointRecord[],
  stats: ReadonlyMap<string, DeliveryStats>,
): Html {
  return listTable({
    label: 'Webhook endpoints',
    nothing: 'Nobody is told of anything yet.',
    columns: [
      { name: 'Name' },
      { name: 'Address' },
      { name: 'State' },
      { name: 'Delivered', isNumber: true },
      { name: 'Given up', isNumber: true },
      { name: 'Waiting', isNumber: true },
      { name: 'Answer in', isNumber: true },
      { name: 'Last accepted (UTC)' },
      { name: 'Test, disable or enable', isUnnamed: true },
    ],
    rows: endpoints.map((endpoint) => {
      const figures = stats.get(endpoint.id)
      return [
        html`<a href="${endpointPath(endpoint.id)}">${foreignText(endpoint.name)}</a>
          ${endpoint.merchantId === mainMerchant.id ? null : badge(merchantOf(endpoint).shortName, 'spent')}`,
        html`<code class="path">${endpoint.url}</code>`,
        endpointState(endpoint),
        html`${count(figures?.delivered ?? 0)}`,
        html`${count(figures?.failed ?? 0)}`,
        html`${count(figures?.waiting ?? 0)}`,
        html`${latencyText(figures)}`,
        momentOf(figures?.lastSuccessAt),
        html`<div class="buttons">${testButton(endpoint)} ${powerButton(endpoint)}</div>`,
      ]
    }),
  })
}

export function endpointPath(id: string): string {
  return `/control/webhooks/${encodeURIComponent(id)}`
}

export function endpointState({ status }: EndpointRecord): Html {
  return status === 'ACTIVE' ? badge('active', 'good') : badge('disabled', 'warn')
}

/** How long receivers took: the middle, and what nineteen of twenty did not exceed. */
export function latencyText(stats: DeliveryStats | undefined): string {
  const latency = stats?.latencyMs
  return latency ? `${count(latency.p50)} / ${count(latency.p95)} ms` : '–'
}

export function momentOf(at: number | null | undefined): Html {
  return at === null || at === undefined ? html`<span class="muted">never</span>` : instant(at)
}

export function testButton({ id, name }: EndpointRecord): Html {
  return actButton({
    action: `${actPath}/endpoint-test`,
    text: 'Test',
    about: name,
    fields: { id },
  })
}

export function powerButton({ id, name, status }: EndpointRecord): Html {
  return actButton({
    action: `${actPath}/endpoint-status`,
    text: status === 'ACTIVE' ? 'Disable' : 'Enable',
    about: name,
    fields: { id, status: status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE' },
  })
}

function addForm(refusal: Refusal | null): Html {
  const ours = refusal?.values['form'] === 'add' ? refusal : null
  return html`<details class="after" ${ours ? html`open` : null}>
    <summary>Add an endpoint</summary>
    <form method="post" action="${actPath}/endpoint" class="grid spaced">
      <input type="hidden" name="form" value="add" />
      ${textField({ form: 'add', label: 'Address', name: 'url', value: '', refusal: ours, kind: 'url', lengthMax: 2_048, hint: 'https, or http on this machine.' })}
      ${textField({ form: 'add', label: 'Name', name: 'name', value: '', refusal: ours, isOptional: true })}
      ${textField({ form: 'add', label: 'Secret', name: 'secret', value: '', refusal: ours, isOptional: true, hint: 'One is made up if empty.' })}
      ${choiceField({
        form: 'add',
        label: 'Merchant',
        name: 'merchantId',
        value: mainMerchant.id,
        refusal: ours,
        choices: [mainMerchant, otherMerchant].map(({ id, shortName }) => [id, shortName] as const),
      })}
      <div class="buttons"><button>Add endpoint</button></div>
    </form>
  </details>`
}

function resendBox(refusal: Refusal | null): Html {
  return html`<section>
    <h2>Send again</h2>
    <p class="muted">
      Goes to every active endpoint with the event id it had, newly signed. A disabled endpoint is
      left out.
    </p>
    <div class="columns">
      <form method="post" action="${actPath}/resend" class="bar">
        ${textField({ form: 'resend', label: 'Id of an event, payment or withdrawal', name: 'about', value: '', refusal, kind: 'search' })}
        <button class="quiet">Send again</button>
      </form>
      <form method="post" action="${actPath}/resend-since" class="bar">
        ${textField({ form: 'resend', label: 'Everything of the last … minutes', name: 'minutes', value: '60', refusal, kind: 'whole' })}
        <button class="quiet">Send all again</button>
      </form>
    </div>
  </section>`
}

/** A new secret, to be seen this once. */
export function secretNotice(endpoint: EndpointRecord, what: string): Html {
  return html`<p>${what} Its secret is shown this once: keep it now.</p>
    <p><code class="secret">${endpoint.secret}</code></p>`
}

/** How sending again went, in a sentence. */
export function resentText(sent: { readonly events: number; readonly deliveries: number }): string {
  if (sent.events === 0) return 'There was no event to send again.'
  return `${countOf(sent.events, 'event')} on the way again in ${sent.deliveries === 1 ? '1 delivery' : `${count(sent.deliveries)} deliveries`}.`
}
