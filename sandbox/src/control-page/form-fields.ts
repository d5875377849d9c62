import { type Html, html } from '../pages/html.ts'
import type { Refusal } from './told.ts'

interface Labelled {
  /** Which form it stands in: with the name, what makes it different from every other field of the page. */
  readonly form: string
  readonly label: string
  readonly name: string
  readonly value: string
  /** A refusal of this form: shown at the field it names, which keeps what was typed. */
  readonly refusal: Refusal | null
}

export interface TextField extends Labelled {
  readonly hint?: string
  readonly kind?: 'text' | 'url' | 'search' | 'whole'
  readonly isOptional?: boolean
  readonly lengthMax?: number
}

/** One line to type in. The server judges what is typed, so that its words are the ones that are read. */
export function textField(field: TextField): Html {
  const { name, hint, kind = 'text', lengthMax = 255 } = field
  const id = idOf(field)
  const problem = problemOf(field)
  return html`<div class="field ${kind}">
    <label for="${id}"
      >${field.label}${field.isOptional ? html` <span class="muted">(optional)</span>` : null}</label
    >
    <input
      id="${id}"
      name="${name}"
      type="${kind === 'search' ? 'search' : 'text'}"
      ${kind === 'whole' ? html`inputmode="numeric"` : null}
      ${kind === 'url' ? html`inputmode="url" spellcheck="false"` : null}
      maxlength="${lengthMax}"
      value="${field.refusal?.values[name] ?? field.value}"
      autocomplete="off"
      ${problem === null ? null : html`aria-invalid="true"`}
      ${(problem ?? hint) === undefined ? null : html`aria-describedby="${id}.note"`}
    />
    ${noteOf(id, problem, hint)}
  </div>`
}

export interface ChoiceField extends Labelled {
  readonly choices: readonly (readonly [value: string, name: string])[]
}

/** One of several, from a list. */
export function choiceField(field: ChoiceField): Html {
  const { label, name, choices } = field
  const id = idOf(field)
  const problem = problemOf(field)
  const chosen = field.refusal?.values[name] ?? field.value
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <select
      id="${id}"
      name="${name}"
      ${problem === null ? null : html`aria-invalid="true" aria-describedby="${id}.note"`}
    >
      ${choices.map(([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : null}>${text}</option>`)}
    </select>
    ${noteOf(id, problem)}
  </div>`
}

function idOf({ form, name }: Pick<Labelled, 'form' | 'name'>): string {
  return `${form}.${name}`
}

/** What is wrong with a field, else what helps to fill it in. */
function noteOf(id: string, problem: string | null, hint?: string): Html | null {
  if (problem !== null) return html`<small id="${id}.note" class="problem">${problem}</small>`
  return hint === undefined ? null : html`<small id="${id}.note" class="muted">${hint}</small>`
}

/** A button that asks for one thing at once. */
export function actButton(button: {
  readonly action: string
  readonly text: string
  /** What it is done to, for readers who cannot see where the button stands. */
  readonly about?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly tone?: 'main' | 'quiet' | 'grave'
}): Html {
  const { action, text, about, fields = {}, tone = 'quiet' } = button
  return html`<form method="post" action="${action}" class="act">
    ${hiddenFields(fields)}<button class="${tone}">
      ${text}${about === undefined ? null : html`<span class="unseen"> ${about}</span>`}
    </button>
  </form>`
}

export function hiddenFields(fields: Readonly<Record<string, string>>): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
}

function problemOf({ refusal, name }: Pick<Labelled, 'refusal' | 'name'>): string | null {
  return refusal !== null && refusal.param === name ? refusal.message : null
}
