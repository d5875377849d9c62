import { html, type Html } from '../pages/html.ts'
import { merchantOf } from '../registry/merchant.ts'
import { deliveryStats } from '../webhooks/delivery-stats.ts'
import { endpointNamed } from '../webhooks/endpoints.ts'
import type { EndpointRecord } from '../webhooks/webhook-record.ts'
import type { World } from '../world.ts'
import { hiddenFields, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { factList } from './list-table.ts'
import { actPath } from './section-forms.ts'
import { count, foreignText, instant } from './shown.ts'
import type { Told } from './told.ts'
import { endpointState, latencyText, momentOf, powerButton, testButton } from './webhooks-page.ts'

/** One endpoint: how it fares, and everything that can be changed about it; 404 when there is none. */
export function endpointPage(world: World, id: string, told: Told): string {
  const endpoint = endpointNamed(world, id)
  return controlPage(world, {
    section: 'webhooks',
    title: `Endpoint ${endpoint.name}`,
    told,
    body: html`<p>
        <a href="/control/webhooks">All endpoints</a> ·
        <a href="/control/webhooks?endpointId=${endpoint.id}#attempts">Attempts to reach it</a>
      </p>
      <div class="columns">
        <div>${factsBox(world, endpoint)}</div>
        <div>${changeBox(endpoint, told)} ${secretBox(endpoint, told)} ${removeBox(endpoint)}</div>
      </div>`,
  })
}

function factsBox(world: World, endpoint: EndpointRecord): Html {
  const stats = deliveryStats(world.webhooks.store).get(endpoint.id)
  return html`<section data-live="endpoint">
    <h2>Now</h2>
    ${factList([
      ['State', endpointState(endpoint)],
      ['Id', html`<code>${endpoint.id}</code>`],
      ['Address', html`<code class="path">${endpoint.url}</code>`],
      ['Description', foreignText(endpoint.description)],
      ['Merchant', html`${merchantOf(endpoint).shortName}`],
      ['Secret', html`<code>${endpoint.secret.slice(0, 8)}…</code>`],
      ['Added', instant(endpoint.createdAt)],
      ['Delivered', html`${count(stats?.delivered ?? 0)}`],
      ['Given up', html`${count(stats?.failed ?? 0)}`],
      ['Lost by a fault', html`${count(stats?.dropped ?? 0)}`],
      ['Waiting', html`${count(stats?.waiting ?? 0)}`],
      ['Attempts', html`${count(stats?.attempts ?? 0)}`],
      [
        'Answer in',
        html`${latencyText(stats)} <span class="muted">half of them / nineteen of twenty</span>`,
      ],
      ['Last accepted', momentOf(stats?.lastSuccessAt)],
      ['Last refused', momentOf(stats?.lastFailureAt)],
    ])}
    <div class="buttons after">${testButton(endpoint)} ${powerButton(endpoint)}</div>
  </section>`
}

function changeBox({ id, name, url, description }: EndpointRecord, { refusal }: Told): Html {
  const ours = refusal?.values['form'] === 'change' ? refusal : null
  return html`<section>
    <h2>Change it</h2>
    <form method="post" action="${actPath}/endpoint-change" class="grid">
      ${hiddenFields({ form: 'change', id })}
      ${textField({ form: 'change', label: 'Name', name: 'name', value: name, refusal: ours })}
      ${textField({ form: 'change', label: 'Address', name: 'url', value: url, refusal: ours, kind: 'url', lengthMax: 2_048 })}
      ${textField({ form: 'change', label: 'Description', name: 'description', value: description, refusal: ours, isOptional: true, lengthMax: 1_000 })}
      <div class="buttons"><button>Save</button></div>
    </form>
  </section>`
}

function secretBox({ id }: EndpointRecord, { refusal }: Told): Html {
  const ours = refusal?.values['form'] === 'rotate' ? refusal : null
  return html`<section>
    <h2>Rotate the secret</h2>
    <p class="muted">
      From then on everything, repeats included, is signed with the new secret alone: give it to the
      receiver at once.
    </p>
    <form method="post" action="${actPath}/endpoint-rotate" class="grid">
      ${hiddenFields({ form: 'rotate', id })}
      ${textField({ form: 'rotate', label: 'New secret', name: 'secret', value: '', refusal: ours, isOptional: true, hint: 'One is made up if empty.' })}
      <div class="buttons"><button>Rotate</button></div>
    </form>
  </section>`
}

function removeBox({ id, name }: EndpointRecord): Html {
  return html`<section>
    <h2>Remove it</h2>
    <details>
      <summary>Remove ${name}…</summary>
      <form method="post" action="${actPath}/endpoint-remove" class="after">
        ${hiddenFields({ id })}
        <p>What waits for it is given up. Its attempts stay in the list.</p>
        <button class="grave">Remove for good</button>
      </form>
    </details>
  </section>`
}
