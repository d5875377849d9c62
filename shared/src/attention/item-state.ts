import type { AmountCents } from '../money/amount-cents.ts'

/** Where an item stands. */
export interface ItemState {
  readonly state: 'open' | 'resolved'
  /** What it was opened or resolved for; null once that was over. */
  readonly fact: string | null
  readonly stakeCents: AmountCents | null
}

/** What the payment says now about one kind. */
export interface PresentFact {
  readonly fact: string
  readonly stakeCents: AmountCents | null
}

/**
 * What happens to an item: `refresh` changes what is at stake in one that stays open, `close` ends one
 * whose reason is gone, `forget` lets one that somebody resolved be opened again should its reason return.
 */
export type ItemStep = 'open' | 'reopen' | 'refresh' | 'close' | 'forget'

/**
 * What follows for an item, or for none yet, from what the payment says now; null when nothing does.
 * What somebody resolved stays resolved for as long as the payment says the same.
 */
export function stepOf(item: ItemState | null, present: PresentFact | null): ItemStep | null {
  if (item === null) return present && 'open'
  if (item.state === 'open') {
    if (present === null) return 'close'
    const isSame = item.fact === present.fact && item.stakeCents === present.stakeCents
    return isSame ? null : 'refresh'
  }
  if (present === null) return item.fact === null ? null : 'forget'
  return item.fact === present.fact ? null : 'reopen'
}

/** The item after that: what is written. */
export function itemAfter(item: ItemState | null, present: PresentFact | null): ItemState | null {
  const step = stepOf(item, present)
  if (step === null) return item
  if (present === null)
    return { state: 'resolved', fact: null, stakeCents: item?.stakeCents ?? null }
  return { state: 'open', fact: present.fact, stakeCents: present.stakeCents }
}

/** Somebody resolved it: it stays so for this fact. */
export function itemResolved(item: ItemState): ItemState {
  return { ...item, state: 'resolved' }
}
