import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'

/** The address of the console: the query, the open delivery, the part of the screen and how it looks. */
export type WebhooksSearch = {
  [Field in keyof DeliveryQuery | 'open' | 'part' | 'span' | 'tail']?: string
}

export const queryFields = [
  'verdict',
  'eventType',
  'state',
  'about',
  'secret',
  'from',
  'to',
  'text',
] as const satisfies readonly (keyof DeliveryQuery)[]

/** Keeps what was typed, sense or nonsense: `readWebhooksSearch` judges it, and the person can correct it. */
export function keepWebhooksSearch(search: Readonly<Record<string, unknown>>): WebhooksSearch {
  const kept: WebhooksSearch = {}
  for (const field of [...queryFields, 'open', 'part', 'span', 'tail'] as const) {
    const text = search[field]
    if (typeof text === 'string' && text !== '') kept[field] = text
  }
  return kept
}
