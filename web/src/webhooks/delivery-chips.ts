import type { KnownSecretName } from '@desk/shared/webhooks/delivery-list'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { daysText } from '../ui/date-presets.ts'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { choiceLabel, stateChoices, verdictChoices } from './webhook-words.ts'
import { without } from './webhooks-search.ts'

/** One filter in words, and the query as it is without it. */
interface DeliveryChip {
  readonly name: string
  readonly value: string
  readonly without: DeliveryQuery
}

/** Every filter that is set, except the text, which stands in its own field. */
export function deliveryChips(
  query: DeliveryQuery,
  { today, secrets }: { readonly today: string; readonly secrets: readonly KnownSecretName[] },
): readonly DeliveryChip[] {
  const { verdict, eventType, state, about, secret, from, to } = query
  const words: Readonly<Record<string, string | undefined>> = {
    time: timeText(from, to, today),
    verdict: verdict && choiceLabel(verdictChoices, verdict),
    event: eventType,
    processing: state && choiceLabel(stateChoices, state),
    about: about && shortIdentifier(about),
    secret: secret && (secrets.find(({ id }) => id === secret)?.label ?? secret),
  }
  return Object.entries(words).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value, without: without(query, ...fieldsOf(name)) }],
  )
}

/** `1 Nov – 15 Nov`, or with the times where one end has one: `1 Nov 14:30 – 1 Nov 15:00`. */
function timeText(from: string | undefined, to: string | undefined, today: string) {
  const dayIn = (end: string | undefined) => end?.slice(0, 10) ?? null
  const timeIn = (end: string) => (end.includes('T') ? ` ${end.slice(11)}` : '')
  const text = (end: string) => daysText({ from: dayIn(end), to: dayIn(end) }, today) + timeIn(end)
  if (!from?.includes('T') && !to?.includes('T')) {
    return daysText({ from: dayIn(from), to: dayIn(to) }, today) || undefined
  }
  if (from && to) return `${text(from)} – ${text(to)}`
  if (from) return `from ${text(from)}`
  return to && `until ${text(to)}`
}

function fieldsOf(name: string): readonly (keyof DeliveryQuery)[] {
  return fields.get(name) ?? []
}

const fields: ReadonlyMap<string, readonly (keyof DeliveryQuery)[]> = new Map([
  ['time', ['from', 'to']],
  ['verdict', ['verdict']],
  ['event', ['eventType']],
  ['processing', ['state']],
  ['about', ['about']],
  ['secret', ['secret']],
])
