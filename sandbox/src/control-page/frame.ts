import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/page.ts'
import type { World } from '../world.ts'
import { disturbances } from './disturbances.ts'
import { duration, instant } from './shown.ts'
import type { Told } from './told.ts'

export const sections = {
  overview: ['/control', 'Overview'],
  scenarios: ['/control/scenarios', 'Scenarios'],
  payments: ['/control/payments', 'Payments'],
  withdrawals: ['/control/withdrawals', 'Withdrawals'],
  webhooks: ['/control/webhooks', 'Webhooks'],
  faults: ['/control/faults', 'Faults'],
  chains: ['/control/chains', 'Chains'],
  requests: ['/control/requests', 'Requests'],
} as const satisfies Record<string, readonly [path: string, name: string]>
export type Section = keyof typeof sections

export interface ControlPage {
  readonly section: Section
  /** The heading; the name of the section unless the page is about one thing in it. */
  readonly title?: string
  readonly told: Told
  readonly body: Html
}

/** One page of the control panel: where one is, what time it is in the sandbox, and what is disturbed. */
export function controlPage(world: World, { section, title, told, body }: ControlPage): string {
  const name = title ?? sections[section][1]
  return page({
    title: `${name} · SpacePay sandbox`,
    styles: ['/control/control.css'],
    scripts: ['/control/control.js'],
    body: html`<div class="control">
      <nav class="sections" aria-label="Control">
        ${Object.entries(sections).map(([key, [path, text]]) => {
          const current = key === section ? html`aria-current="page"` : null
          return html`<a href="${path}" ${current}>${text}</a>`
        })}
      </nav>
      <main>
        <header class="row">
          <h1>${name}</h1>
          ${timeLine(world)}
        </header>
        ${disturbanceLine(world)} ${toldBox(told)} ${body}
      </main>
    </div>`,
  })
}

function timeLine(world: World): Html {
  const ahead = world.clock.offsetMs()
  return html`<p class="muted time" data-live="time">
    Sandbox time ${instant(world.clock.now())}
    UTC${ahead > 0 ? html`, ${duration(ahead)} ahead` : null}
  </p>`
}

function disturbanceLine(world: World): Html {
  const found = disturbances(world)
  if (found.length === 0) return html`<div data-live="disturbances"></div>`
  return html`<div data-live="disturbances">
    <p class="disturbed">
      <strong>Not as usual:</strong>
      ${found.map(({ href, text }) => html`<a href="${href}">${text}</a>`)}
    </p>
  </div>`
}

function toldBox({ done, refusal }: Told): Html | null {
  if (refusal) return html`<p class="told refused" role="alert">${refusal.message}</p>`
  return done && html`<div class="told done" role="status">${done}</div>`
}
