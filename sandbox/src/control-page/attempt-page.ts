import { html, type Html } from '../pages/html.ts'
import { headersOf } from '../webhooks/webhook-headers.ts'
import type { AttemptRecord } from '../webhooks/webhook-record.ts'
import { notFound } from '../wire/api-error.ts'
import type { World } from '../world.ts'
import { resendButton, subjectLink } from './attempts-table.ts'
import { actButton } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { factList } from './list-table.ts'
import { answerBadge } from './requests-page.ts'
import { actPath } from './section-forms.ts'
import { badge, count, foreignText, instant } from './shown.ts'
import type { Told } from './told.ts'
import { endpointPath } from './webhooks-page.ts'

/** One attempt to the last byte: what was sent and what was answered; 404 when there is none. */
export function attemptPage(world: World, deliveryId: string, told: Told): string {
  const { store } = world.webhooks
  const attempt = store.attempt(deliveryId)
  if (!attempt) throw notFound('attempt_not_found', 'There is no such attempt.')
  const event = store.event(attempt.eventId)
  const body = attempt.changedBody ?? event?.rawBody ?? null
  return controlPage(world, {
    section: 'webhooks',
    title: `${attempt.eventType}, try ${attempt.number}`,
    told,
    body: html`<p>
        <a href="/control/webhooks#attempts">All attempts</a> ·
        <a href="/control/webhooks?q=${encodeURIComponent(attempt.eventId)}#attempts"
          >Attempts of this event</a
        >
      </p>
      <div class="columns">
        <div>
          <section>
            <h2>What came of it</h2>
            ${outcomeFacts(world, attempt)}
            <div class="buttons after">${resendButtons(attempt)}</div>
          </section>
          <section>
            <h2>The answer</h2>
            ${textBox('Body of the answer', attempt.responseBody, 'It had no body.')}
          </section>
        </div>
        <div>
          <section>
            <h2>Headers</h2>
            ${textBox('Headers of the webhook', headerText(attempt), '')}
            <p class="muted after">
              The signature is the hex HMAC-SHA256 of the timestamp, a dot and the body below.
            </p>
          </section>
          <section>
            <h2>Body</h2>
            ${textBox('Body of the webhook', body ?? '', 'The event is no longer kept.')}
          </section>
          ${body === null ? null : readableBox(body)}
        </div>
      </div>`,
  })
}

function outcomeFacts(world: World, attempt: AttemptRecord): Html {
  const endpoint = world.webhooks.store.endpoint(attempt.endpointId)
  return factList([
    [
      'Answer',
      html`${answerBadge(attempt.status)} ${attempt.error ?? ''}
        <span class="muted">after ${count(attempt.durationMs)} ms</span>`,
    ],
    ['Sent', instant(attempt.at)],
    [
      'To',
      html`${endpoint ? html`<a href="${endpointPath(endpoint.id)}">${foreignText(endpoint.name)}</a>` : 'an endpoint that was removed'},
        <code class="path">${attempt.url}</code>`,
    ],
    ['About', subjectLink(attempt)],
    ['Event', html`<code>${attempt.eventId}</code>`],
    ['Delivery', html`<code>${attempt.deliveryId}</code>`],
    [
      'Faults',
      attempt.faults.length === 0
        ? html`<span class="muted">none</span>`
        : html`${attempt.faults.map((kind) => badge(kind.replaceAll('_', ' '), 'warn'))}`,
    ],
  ])
}

function resendButtons(attempt: AttemptRecord): Html | null {
  if (attempt.eventType === 'webhook.test') return null
  return html`${resendButton(attempt)}
  ${actButton({
    action: `${actPath}/resend`,
    text: 'Send to every endpoint again',
    fields: { about: attempt.eventId },
  })}`
}

function headerText(attempt: AttemptRecord): string {
  return Object.entries(headersOf(attempt))
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

/** The body once more, spread out; one that is no JSON is not. */
function readableBox(body: string): Html | null {
  const spread = spreadOut(body)
  if (spread === null) return null
  return html`<section>
    <h2>Body, spread out</h2>
    ${textBox('Body of the webhook, spread out', spread, '')}
  </section>`
}

function spreadOut(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body)
    return JSON.stringify(value, null, 2)
  } catch (error) {
    // A fault may have cut it off.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function textBox(label: string, text: string, nothing: string): Html {
  if (text === '') return html`<p class="muted">${nothing}</p>`
  return html`<pre tabindex="0" aria-label="${label}">${text}</pre>`
}
