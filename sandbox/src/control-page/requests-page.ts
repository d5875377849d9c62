import { ledgerOf } from '../control/ledger.ts'
import type { RequestEntry } from '../control/request-log.ts'
import { addressPath } from '../explorer/explorer-paths.ts'
import { type Html, html } from '../pages/html.ts'
import { chainOf } from '../registry/chains.ts'
import type { World } from '../world.ts'
import { choiceField, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { listTable } from './list-table.ts'
import { newestPage, pager } from './pager.ts'
import { badge, countOf, dollars, foreignText, instant, shortId, statusBadge } from './shown.ts'
import type { Told } from './told.ts'

export interface RequestSearch {
  readonly q: string
  readonly operation: string
  readonly answered: string
  readonly offset: number
}

const answers = [
  ['', 'All'],
  ['2', 'Success'],
  ['4', 'Refused (4xx)'],
  ['5', 'Failed (5xx)'],
  ['none', 'Not answered'],
] as const

/** What callers of the API asked for and were answered, and the withdrawals that came of it. */
export function requestsPage(world: World, search: RequestSearch, told: Told): string {
  const found = world.requests.entries().filter((entry) => isWanted(entry, search))
  const page = newestPage(found, search.offset)
  return controlPage(world, {
    section: 'requests',
    told,
    body: html`<section>
        <h2>Calls of the API</h2>
        ${searchForm(search, world.requests.entries())}
        <div data-live="requests">
          ${listTable({
            label: 'Calls of the API, newest first',
            nothing: 'No call matches. Calls are kept from the start of the sandbox on.',
            columns: [
              { name: 'Time (UTC)' },
              { name: 'Call' },
              { name: 'Route' },
              { name: 'Answer' },
              { name: 'Idempotency key' },
              { name: 'Request id' },
            ],
            rows: page.rows.map((entry) => [
              instant(Date.parse(entry.at)),
              html`<code class="path">${entry.method} ${entry.path}</code>`,
              entry.operation === null
                ? html`<span class="muted">no route</span>`
                : html`${entry.operation}`,
              answerBadge(entry.status),
              foreignText(entry.idempotencyKey),
              html`<code>${entry.requestId}</code>`,
            ]),
          })}
        </div>
        ${pager('/control/requests', queryOf(search), page)}
      </section>
      ${ledger(world)}`,
  })
}

function isWanted(entry: RequestEntry, { q, operation, answered }: RequestSearch): boolean {
  if (operation !== '' && entry.operation !== operation) return false
  if (answered === 'none' && entry.status !== null) return false
  if (/^\d$/.test(answered) && !String(entry.status).startsWith(answered)) return false
  return [entry.path, entry.idempotencyKey ?? '', entry.requestId].some((text) =>
    text.toLowerCase().includes(q.trim().toLowerCase()),
  )
}

function searchForm(search: RequestSearch, entries: readonly RequestEntry[]): Html {
  const { q, operation, answered } = search
  const called = new Set(entries.flatMap((entry) => entry.operation ?? []))
  const routes = [
    ['', 'All'],
    ...[...called].toSorted().map((name) => [name, name] as const),
  ] as const
  return html`<form method="get" action="/control/requests" class="bar">
    ${textField({ form: 'find', label: 'Search by path, idempotency key or request id', name: 'q', value: q, refusal: null, kind: 'search' })}
    ${choiceField({ form: 'find', label: 'Route', name: 'operation', value: operation, refusal: null, choices: routes })}
    ${choiceField({ form: 'find', label: 'Answer', name: 'answered', value: answered, refusal: null, choices: answers })}
    <button class="quiet">Find</button>
  </form>`
}

function queryOf({ q, operation, answered }: RequestSearch): Record<string, string> {
  return {
    ...(q !== '' && { q }),
    ...(operation !== '' && { operation }),
    ...(answered !== '' && { answered }),
  }
}

/** The status of an answer; null while there is none, and for ever when the caller went away. */
export function answerBadge(status: number | null): Html {
  if (status === null) return badge('none', 'warn')
  const tone = status >= 500 ? 'bad' : status >= 400 ? 'warn' : status >= 300 ? 'spent' : 'good'
  return badge(String(status), tone)
}

function ledger(world: World): Html {
  const entries = ledgerOf(world)
  const cents = entries.reduce((sum, entry) => sum + entry.amountInCents, 0)
  return html`<section data-live="ledger">
    <h2>Ledger of withdrawals</h2>
    <p class="muted">
      What was really accepted through the API since the history:
      ${countOf(entries.length, 'withdrawal')}, ${dollars(cents)} in all. A call that was accepted
      twice stands here twice.
    </p>
    ${listTable({
      label: 'Accepted withdrawals, newest first',
      nothing: 'No withdrawal was asked for yet.',
      columns: [
        { name: 'Accepted (UTC)' },
        { name: 'Order' },
        { name: 'Amount', isNumber: true },
        { name: 'Status' },
        { name: 'Network' },
        { name: 'To' },
        { name: 'Idempotency key' },
        { name: 'Withdrawal' },
      ],
      rows: entries
        .slice(-200)
        .toReversed()
        .map((entry) => [
          instant(Date.parse(entry.acceptedAt)),
          foreignText(entry.orderId),
          html`${dollars(entry.amountInCents)}`,
          statusBadge(entry.status),
          html`${chainOf(entry).name}`,
          shortId(entry.recipientAddress, addressPath(entry.chainId, entry.recipientAddress)),
          foreignText(entry.idempotencyKey),
          shortId(entry.withdrawalId, `/control/withdrawals?q=${entry.withdrawalId}`),
        ]),
    })}
  </section>`
}
