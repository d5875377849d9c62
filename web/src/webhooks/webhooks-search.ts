import { type ChartSpan, chartSpan } from '@desk/shared/webhooks/arrival-chart'
import { deliveryQuery, type DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { queryFields, type WebhooksSearch } from './webhooks-address.ts'

/** What of the address makes sense, and the names of the fields that do not. */
export function readWebhooksSearch(search: WebhooksSearch): {
  readonly query: DeliveryQuery
  readonly problems: readonly (keyof DeliveryQuery)[]
} {
  const asked = queryFields.filter((field) => search[field] !== undefined)
  const problems = asked.filter(
    (field) => !deliveryQuery.shape[field].safeParse(search[field]).success,
  )
  const sound = asked.filter((field) => !problems.includes(field))
  const query = deliveryQuery.parse(
    Object.fromEntries(sound.map((field) => [field, search[field]])),
  )
  return { query, problems }
}

/** The query as the address carries it. */
export function writeWebhooksSearch(query: DeliveryQuery): WebhooksSearch {
  const search: WebhooksSearch = {}
  for (const field of queryFields) {
    const text = query[field]
    if (text !== undefined) search[field] = text
  }
  return search
}

export function isNarrowed(query: DeliveryQuery): boolean {
  return Object.keys(query).length > 0
}

/** The query without these of its fields. */
export function without(
  query: DeliveryQuery,
  ...fields: readonly (keyof DeliveryQuery)[]
): DeliveryQuery {
  const rest = { ...query }
  for (const field of fields) delete rest[field]
  return rest
}

export function readSpan(search: WebhooksSearch): ChartSpan {
  return chartSpan.safeParse(search.span).data ?? 'day'
}
