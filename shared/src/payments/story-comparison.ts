import type { ObservationSummary } from './payment-detail.ts'

export interface StoryComparison {
  /** `unheard` is neither source; `missing` is an API that does not know the payment; `differ` names what. */
  readonly outcome: 'unheard' | 'webhooks_only' | 'api_only' | 'missing' | 'agree' | 'differ'
  readonly differences: readonly ('status' | 'amount')[]
  /** Whose word is about the later moment; null where there is one or they are of the same. */
  readonly newer: 'webhook' | 'api' | null
}

/** The last state by webhook beside the last one read from the API. What one of them did not tell differs from nothing. */
export function compareStories(
  webhook: ObservationSummary | null,
  api: ObservationSummary | null,
): StoryComparison {
  const alone = { differences: [], newer: null } as const
  if (api?.status === 'not_found')
    return { ...alone, outcome: 'missing', newer: newerOf(webhook, api) }
  if (webhook === null) return { ...alone, outcome: api === null ? 'unheard' : 'api_only' }
  if (api === null) return { ...alone, outcome: 'webhooks_only' }
  const amounts = [webhook.amountCents, api.amountCents]
  const differences = [
    ...(webhook.status === api.status ? [] : (['status'] as const)),
    ...(amounts.includes(null) || amounts[0] === amounts[1] ? [] : (['amount'] as const)),
  ]
  return {
    outcome: differences.length === 0 ? 'agree' : 'differ',
    differences,
    newer: newerOf(webhook, api),
  }
}

function newerOf(
  webhook: ObservationSummary | null,
  api: ObservationSummary,
): StoryComparison['newer'] {
  if (webhook === null) return 'api'
  const ahead = Date.parse(webhook.occurredAt) - Date.parse(api.occurredAt)
  return ahead === 0 ? null : ahead > 0 ? 'webhook' : 'api'
}
