import { type Html, html } from '../pages/html.ts'
import { type AttemptRecord, eventTypes } from '../webhooks/webhook-record.ts'
import type { World } from '../world.ts'
import { actButton, choiceField, textField } from './form-fields.ts'
import { listTable } from './list-table.ts'
import { type PageOf, pager } from './pager.ts'
import { answerBadge } from './requests-page.ts'
import { actPath } from './section-forms.ts'
import { badge, count, countOf, foreignText, instant, shortId } from './shown.ts'

export interface AttemptSearch {
  readonly q: string
  readonly endpointId: string
  readonly eventType: string
  readonly outcome: string
}

const outcomes = [
  ['', 'All'],
  ['accepted', 'Accepted (2xx)'],
  ['refused', 'Refused'],
  ['unanswered', 'No answer'],
] as const

/** Every attempt of telling somebody, with a filter. */
export function attemptsBox(
  world: World,
  search: AttemptSearch,
  page: PageOf<AttemptRecord>,
): Html {
  const endpoints = new Map(world.webhooks.store.endpoints().map(({ id, name }) => [id, name]))
  return html`<section id="attempts">
    <h2>Attempts</h2>
    ${searchForm(search, endpoints)}
    <div data-live="attempts">
      <p class="muted">
        ${countOf(page.total, 'attempt')}, times by the wall clock, which webhooks are signed with.
        ${count(world.webhooks.store.waiting().length)} waiting to be sent.
      </p>
      ${listTable({
        label: 'Attempts, newest first',
        nothing: 'No attempt matches.',
        columns: [
          { name: 'Time (UTC)' },
          { name: 'Event' },
          { name: 'About' },
          { name: 'Endpoint' },
          { name: 'Try', isNumber: true },
          { name: 'Answer' },
          { name: 'Took', isNumber: true },
          { name: 'Faults' },
          { name: 'Send again', isUnnamed: true },
        ],
        rows: page.rows.map((attempt) => [
          html`<a href="${attemptPath(attempt)}">${instant(attempt.at)}</a>`,
          html`${attempt.eventType}`,
          subjectLink(attempt),
          foreignText(endpoints.get(attempt.endpointId) ?? 'removed'),
          html`${attempt.number}`,
          html`${answerBadge(attempt.status)}
          ${attempt.error === null ? null : html`<small class="muted">${attempt.error}</small>`}`,
          html`${count(attempt.durationMs)} ms`,
          html`${attempt.faults.map((kind) => badge(kind.replaceAll('_', ' '), 'warn'))}`,
          resendButton(attempt),
        ]),
      })}
    </div>
    ${pager('/control/webhooks', queryOf(search), page)}
  </section>`
}

export function attemptPath({ deliveryId }: Pick<AttemptRecord, 'deliveryId'>): string {
  return `/control/webhooks/attempts/${encodeURIComponent(deliveryId)}`
}

/** Where the payment or withdrawal of a webhook is shown. */
export function subjectLink(about: Pick<AttemptRecord, 'eventType' | 'subjectId'>): Html {
  const { eventType, subjectId } = about
  if (eventType.startsWith('payment.')) {
    return shortId(subjectId, `/control/payments/${encodeURIComponent(subjectId)}`)
  }
  if (eventType.startsWith('withdrawal.')) {
    return shortId(subjectId, `/control/withdrawals?q=${encodeURIComponent(subjectId)}`)
  }
  return html`<span class="muted">the endpoint</span>`
}

export function resendButton({ deliveryId, eventType, eventId }: AttemptRecord): Html {
  // A test was for its endpoint and for that moment only.
  if (eventType === 'webhook.test') return html``
  return actButton({
    action: `${actPath}/resend-delivery`,
    text: 'Send again',
    about: eventId,
    fields: { deliveryId },
  })
}

function searchForm(search: AttemptSearch, endpoints: ReadonlyMap<string, string>): Html {
  const types = [['', 'All'], ...eventTypes.map((name) => [name, name] as const)] as const
  return html`<form method="get" action="/control/webhooks#attempts" class="bar">
    ${textField({ form: 'attempts', label: 'Search by id of an event, delivery, payment or withdrawal', name: 'q', value: search.q, refusal: null, kind: 'search' })}
    ${choiceField({ form: 'attempts', label: 'Endpoint', name: 'endpointId', value: search.endpointId, refusal: null, choices: [['', 'All'], ...endpoints] })}
    ${choiceField({ form: 'attempts', label: 'Event', name: 'eventType', value: search.eventType, refusal: null, choices: types })}
    ${choiceField({ form: 'attempts', label: 'Answer', name: 'outcome', value: search.outcome, refusal: null, choices: outcomes })}
    <button class="quiet">Find</button>
  </form>`
}

function queryOf(search: AttemptSearch): Record<string, string> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''))
}
