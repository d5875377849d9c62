import { type EffectEntry, effectCatalogue } from '../control/effect-catalogue.ts'
import type { FaultHit } from '../control/fault-log.ts'
import { type Html, html } from '../pages/html.ts'
import type { World } from '../world.ts'
import { faultForm } from './fault-form.ts'
import { actButton } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { listTable } from './list-table.ts'
import { type PageOf, pager } from './pager.ts'
import { actPath } from './section-forms.ts'
import { badge, count, countOf, foreignText, instant, shortId } from './shown.ts'
import type { Refusal, Told } from './told.ts'

type ActiveFault = ReturnType<World['faults']['active']>[number]

/** What is to go wrong, what can be made to, and what went wrong already. */
export function faultsPage(world: World, log: PageOf<FaultHit>, told: Told): string {
  const active = world.faults.active()
  const { refusal } = told
  return controlPage(world, {
    section: 'faults',
    told,
    body: html`<section data-live="active">
        <div class="row">
          <h2>On now</h2>
          ${active.length === 0 ? null : actButton({ action: `${actPath}/faults-off`, text: 'All off', tone: 'main' })}
        </div>
        ${activeTable(active)}
      </section>
      <div class="columns">
        ${chooser('On calls of the API', 'api', refusal)}
        ${chooser('On webhooks', 'webhook', refusal)}
      </div>
      ${logBox(log)}`,
  })
}

function activeTable(active: readonly ActiveFault[]): Html {
  return listTable({
    label: 'Faults that are on',
    nothing: 'No fault is on: everything works.',
    columns: [
      { name: 'Effect' },
      { name: 'On' },
      { name: 'Strikes' },
      { name: 'Only about' },
      { name: 'Struck', isNumber: true },
      { name: 'Remove', isUnnamed: true },
    ],
    rows: active.map(({ id, order, left, struck }) => [
      html`${titleOf(order.effect.kind, order.on)} ${parameterText(order.effect)}`,
      html`${order.on}${'phase' in order ? html` <small class="muted">${phaseNames[order.phase]}</small>` : null}
      ${'eventType' in order && order.eventType ? html` <small class="muted">${order.eventType}</small>` : null}`,
      html`${reachText(order, left)}`,
      order.subject === undefined
        ? html`<span class="muted">any</span>`
        : foreignText(order.subject),
      html`${count(struck)}`,
      actButton({
        action: `${actPath}/fault-off`,
        text: 'Remove',
        about: titleOf(order.effect.kind, order.on),
        fields: { id },
      }),
    ]),
  })
}

export const phaseNames = {
  before: 'instead of working on it',
  after: 'after it took effect',
} as const

function titleOf(kind: string, on: string): string {
  const side = on === 'webhook' ? 'webhook' : 'api'
  const entry = effectCatalogue.find((one) => one.kind === kind && one.side === side)
  return entry?.title ?? kind
}

function parameterText(effect: ActiveFault['order']['effect']): Html | null {
  const given = Object.entries(effect).filter(([name]) => name !== 'kind')
  if (given.length === 0) return null
  return html`<small class="muted"
    >${given.map(([name, value]) => `${name} ${String(value)}`).join(', ')}</small
  >`
}

function reachText({ percent }: { percent?: number | undefined }, left: number | null): string {
  const share = percent === undefined || percent === 100 ? 'every one' : `${percent} %`
  if (left === null) return `${share}, until removed`
  return percent === undefined ? `the next ${count(left)}` : `${share}, ${countOf(left, 'time')}`
}

function chooser(heading: string, side: EffectEntry['side'], refusal: Refusal | null): Html {
  const entries = effectCatalogue.filter((entry) => entry.side === side)
  return html`<section>
    <h2>${heading}</h2>
    ${entries.map((entry) => {
      const isMeant =
        refusal?.values['kind'] === entry.kind && refusal.values['side'] === entry.side
      return html`<details class="effect" name="effect" ${isMeant ? html`open` : null}>
        <summary>${entry.title} <small class="muted">${entry.does}</small></summary>
        ${faultForm(entry, isMeant ? refusal : null)}
      </details>`
    })}
  </section>`
}

function logBox(log: PageOf<FaultHit>): Html {
  return html`<section data-live="fault-log">
    <div class="row">
      <h2>What was injected</h2>
      ${log.total === 0 ? null : actButton({ action: `${actPath}/fault-log-clear`, text: 'Clear the log' })}
    </div>
    ${listTable({
      label: 'Faults that struck, newest first',
      nothing: 'No fault has struck yet.',
      columns: [
        { name: 'Time (UTC)' },
        { name: 'Effect' },
        { name: 'Struck' },
        { name: 'About' },
        { name: 'Call or event' },
      ],
      rows: log.rows.map((hit) => [
        instant(Date.parse(hit.at)),
        html`${titleOf(hit.effect, hit.on)}
        ${hit.detail === null ? null : html`<small class="muted">${hit.detail}</small>`}`,
        html`${badge(hit.operation, 'spent')}
        ${hit.phase === null ? null : html`<small class="muted">${phaseNames[hit.phase]}</small>`}`,
        html`${hit.orderId === null ? null : foreignText(hit.orderId)}
        ${hit.subjectId === null ? null : shortId(hit.subjectId)}`,
        hit.call === null
          ? html`${hit.eventType ?? ''} <code>${hit.eventId ?? ''}</code>`
          : html`<code class="path">${hit.call}</code>
              <small class="muted">${hit.requestId ?? ''}</small>`,
      ]),
    })}
    ${pager('/control/faults', {}, log)}
  </section>`
}
