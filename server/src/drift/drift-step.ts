import type { FoundDrift } from './drift-case.ts'

/** Where a drift stands that was found before. */
export interface KnownDrift {
  readonly id: number
  readonly topic: string
  readonly kind: string
  readonly state: 'open' | 'closed'
  readonly resolution: 'healed' | 'resolved' | null
  readonly fact: string | null
  readonly stakeCents: number | null
}

/**
 * What happens to a drift: `note` writes down one that was over before anybody could see it, `refresh` tells
 * an open one more exactly, `forget` lets one that somebody resolved be opened again should it return.
 */
export type DriftStep = 'open' | 'reopen' | 'note' | 'refresh' | 'close' | 'forget'

/**
 * What follows from what is found now, or from its absence; null when nothing does, so that finding the same
 * twice changes nothing. What somebody resolved stays resolved for as long as it is the same.
 */
export function driftStep(known: KnownDrift | null, found: FoundDrift | null): DriftStep | null {
  if (known === null) return found && (found.isOver ? 'note' : 'open')
  const isOn = found !== null && !found.isOver
  if (known.state === 'open') {
    if (!isOn) return 'close'
    return isSame(known, found) ? null : 'refresh'
  }
  if (isOn) return known.fact === found.fact ? null : 'reopen'
  return known.fact === null ? null : 'forget'
}

function isSame(known: KnownDrift, found: FoundDrift): boolean {
  return (
    known.kind === found.kind && known.fact === found.fact && known.stakeCents === found.stakeCents
  )
}
