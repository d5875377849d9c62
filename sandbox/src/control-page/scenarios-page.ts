import { type Html, html } from '../pages/html.ts'
import type { ScenarioView } from '../scenarios/scenarios.ts'
import type { World } from '../world.ts'
import { actButton, hiddenFields, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { factList } from './list-table.ts'
import { actPath } from './section-forms.ts'
import { badge, count, duration, instant } from './shown.ts'
import type { Refusal, Told } from './told.ts'

const MINUTE_MS = 60_000

/** The stories a trainer can let happen, and what is to be learnt from each. */
export function scenariosPage(world: World, told: Told): string {
  return controlPage(world, {
    section: 'scenarios',
    told,
    body: html`<p class="muted">
        Each plays by itself in sandbox time and ends without a trace but its payments. Several may
        play at once.
      </p>
      ${world.scenarios.list().map((scenario) => scenarioBox(scenario, told.refusal))}`,
  })
}

function scenarioBox(scenario: ScenarioView, refusal: Refusal | null): Html {
  const { name, title, description, notice, respond } = scenario
  const isRunning = scenario.state === 'running'
  return html`<section aria-labelledby="${name}">
    <div class="row" data-live="${name}">
      <h2 id="${name}">${title} ${isRunning ? badge('playing', 'open') : null}</h2>
      ${runText(scenario)}
    </div>
    <p>${description}</p>
    <details>
      <summary>What a trainee should notice and do</summary>
      ${factList([
        ['Notice', html`${notice}`],
        ['Respond', html`${respond}`],
      ])}
    </details>
    <div class="after">${isRunning ? stopButton(scenario) : startForm(scenario, refusal)}</div>
  </section>`
}

function runText({ state, startedAt, endsAt, tally }: ScenarioView): Html | null {
  if (startedAt === null || endsAt === null) return null
  const numbers = Object.entries(tally)
    .map(([what, number]) => `${spacedOut(what)} ${count(number)}`)
    .join(', ')
  const when =
    state === 'running'
      ? html`until ${instant(Date.parse(endsAt))}`
      : html`ended ${instant(Date.parse(endsAt))}`
  return html`<p class="muted run">${when}${numbers === '' ? null : html` · ${numbers}`}</p>`
}

/** `lateWebhooks` → `late webhooks`. */
function spacedOut(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function stopButton({ name, title }: ScenarioView): Html {
  return actButton({
    action: `${actPath}/scenario-stop`,
    text: 'Stop',
    about: title,
    fields: { name },
  })
}

function startForm(scenario: ScenarioView, refusal: Refusal | null): Html {
  const { name, title, minutes, minutesMax } = scenario
  const ours = refusal?.values['name'] === name ? refusal : null
  return html`<form method="post" action="${actPath}/scenario" class="bar" aria-label="${title}">
    ${hiddenFields({ name })}
    ${textField({
      form: name,
      label: 'Minutes of sandbox time',
      name: 'minutes',
      value: String(minutes),
      refusal: ours,
      kind: 'whole',
      hint: `Up to ${duration(minutesMax * MINUTE_MS)}`,
    })}
    ${textField({
      form: name,
      label: 'Pace',
      name: 'pace',
      value: '1',
      refusal: ours,
      kind: 'whole',
      hint: 'From 0.1 to 10 times as busy',
    })}
    <button>Play<span class="unseen"> ${title}</span></button>
  </form>`
}
