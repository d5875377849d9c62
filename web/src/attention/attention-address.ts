import type { AttentionSearch } from '@desk/shared/attention/attention-query'

/** The address of the queue: the query, and the payment that is open beside it, opened from which item. */
export interface AttentionAddress extends AttentionSearch {
  open?: string
  item?: string
}

/** Keeps what was typed, sense or nonsense: `readAttentionSearch` judges it, and the person can correct it. */
export function keepAttentionSearch(search: Readonly<Record<string, unknown>>): AttentionAddress {
  const kept: AttentionAddress = {}
  for (const field of ['kind', 'whose', 'state', 'sort', 'open', 'item'] as const) {
    const text = search[field]
    if (typeof text === 'string' && text !== '') kept[field] = text
  }
  return kept
}
