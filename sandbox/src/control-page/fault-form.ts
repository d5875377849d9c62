import type { EffectEntry } from '../control/effect-catalogue.ts'
import type { EffectParameter } from '../control/effect-parameters.ts'
import { type Html, html } from '../pages/html.ts'
import { eventTypes } from '../webhooks/webhook-record.ts'
import { choiceField, hiddenFields, textField } from './form-fields.ts'
import { actPath } from './section-forms.ts'
import type { Refusal } from './told.ts'

/** Which form a field stands in, and what was wrong with it. */
interface Place {
  readonly form: string
  readonly refusal: Refusal | null
}

/** The form that switches one effect on: drawn from what the catalogue says of it. */
export function faultForm(entry: EffectEntry, refusal: Refusal | null): Html {
  const { kind, side, title } = entry
  const place: Place = { form: `${side}.${kind}`, refusal }
  return html`<form method="post" action="${actPath}/fault" class="grid" aria-label="${title}">
    ${hiddenFields({ kind, side })} ${side === 'api' ? callFields(entry, place) : eventField(place)}
    ${entry.parameters.map((parameter) => parameterField(parameter, place))}
    ${textField({ ...place, label: 'Next', name: 'next', value: '1', kind: 'whole', hint: 'So many times, then it is used up. Empty: until removed.' })}
    ${textField({ ...place, label: 'Percent', name: 'percent', value: '', kind: 'whole', hint: 'Of those that come along. Empty: every one.' })}
    ${textField({ ...place, label: 'Only about', name: 'subject', value: '', hint: 'An id, or how an order id ends. Empty: any.' })}
    <div class="buttons">
      <button>Switch on<span class="unseen"> ${title}</span></button>
    </div>
  </form>`
}

function callFields({ operations, phases }: EffectEntry, place: Place): Html {
  const routes = operations.map((name) => [name, name] as const)
  return html`${choiceField({
    ...place,
    label: 'Route',
    name: 'on',
    value: 'any',
    choices: [['any', 'any route'], ['payer', 'all of the payer’s'], ...routes],
  })}
  ${
    phases.length < 2
      ? null
      : choiceField({
          ...place,
          label: 'When',
          name: 'phase',
          value: phases[0] ?? 'before',
          choices: [
            ['before', 'instead of working on it'],
            ['after', 'after it took effect'],
          ],
        })
  }`
}

function eventField(place: Place): Html {
  const types = eventTypes.map((name) => [name, name] as const)
  return choiceField({
    ...place,
    label: 'Event',
    name: 'eventType',
    value: '',
    choices: [['', 'any'], ...types],
  })
}

/** Named as the refusal of it will name it. */
function parameterField(parameter: EffectParameter, place: Place): Html {
  const { does, type, isRequired, choices } = parameter
  const name = `effect.${parameter.name}`
  const label = labelOf(parameter.name)
  const value = parameter.default === null ? '' : String(parameter.default)
  if (type === 'choice') {
    const options = choices.map((one) => [one, one.replaceAll('_', ' ')] as const)
    return choiceField({
      ...place,
      label,
      name,
      value,
      choices: isRequired || value !== '' ? options : [['', 'as usual'], ...options],
    })
  }
  const kind = type === 'integer' ? 'whole' : 'text'
  return textField({
    ...place,
    label,
    name,
    value,
    kind,
    hint: does,
    isOptional: !isRequired,
  })
}

/** `retryAfterAs` → `Retry after as`. */
export function labelOf(name: string): string {
  const known: Readonly<Record<string, string>> = { ms: 'Milliseconds', msMax: 'At most' }
  const spaced = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return known[name] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
