import type { DeliveryMoment, FaultBoard } from '../control/fault-board.ts'
import type { WebhookEffect } from '../control/fault-effects.ts'
import { type Draft, distortDraft, messageKinds } from './message.ts'
import { objectIn } from './rewrite-body.ts'

/** What the faults on the board make of one attempt. */
export type Verdict =
  | {
      readonly kind: 'postponed'
      /** Milliseconds to wait. */
      readonly ms: number
      /** Waits for the next webhook about the same subject, and for `ms` at most. */
      readonly isHeld: boolean
    }
  | {
      readonly kind: 'dropped' | 'sent'
      readonly draft: Draft
      readonly copies: number
      /** An undocumented payment.confirmed goes out as well. */
      readonly isConfirmedToo: boolean
      /** The effects that struck. */
      readonly faults: readonly string[]
    }

interface Attempt {
  readonly moment: DeliveryMoment
  readonly draft: Draft
  /** A delivery is postponed once and then goes out. */
  readonly wasPostponed: boolean
  /** Another one about the same subject is held until this one was sent. */
  readonly isAwaited: boolean
  readonly fullNow: () => Readonly<Record<string, unknown>> | null
}

/** Lets the faults strike, where it goes first and what it says last: no fault strikes what another has swallowed. */
export function judgeAttempt(board: FaultBoard, attempt: Attempt): Verdict {
  const postponed = attempt.wasPostponed ? null : postponement(board, attempt)
  if (postponed) return postponed
  const { moment } = attempt
  const nothing = { copies: 1, isConfirmedToo: false, draft: attempt.draft }
  for (const strike of board.strikesOnDelivery(moment, ['drop'])) {
    strike.land()
    return { ...nothing, kind: 'dropped', faults: ['drop'] }
  }
  const faults: string[] = []
  let { copies, isConfirmedToo, draft } = nothing
  for (const strike of board.strikesOnDelivery(moment, ['duplicate', 'confirmed_event'])) {
    if (strike.effect.kind === 'duplicate') {
      copies = strike.effect.copies
      strike.land(`${copies} copies`)
    } else if (isCompletion(draft)) {
      isConfirmedToo = true
      strike.land()
    } else {
      strike.miss()
      continue
    }
    faults.push(strike.effect.kind)
  }
  for (const kind of messageKinds) {
    for (const strike of board.strikesOnDelivery(moment, [kind])) {
      const distorted = distortDraft(draft, strike.effect, attempt.fullNow)
      if (!distorted) {
        strike.miss()
        continue
      }
      draft = distorted
      strike.land()
      faults.push(kind)
    }
  }
  return { kind: 'sent', draft, copies, isConfirmedToo, faults }
}

function postponement(board: FaultBoard, { moment, isAwaited }: Attempt): Verdict | null {
  for (const { effect, dice, land, miss } of board.strikesOnDelivery(moment, [
    'delay',
    'reorder',
  ])) {
    // Were it held, too, both would go out late and in their order.
    if (effect.kind === 'reorder' && isAwaited) {
      miss()
      continue
    }
    const ms = effect.kind === 'delay' ? drawn(effect, dice.between) : effect.ms
    land(effect.kind === 'delay' ? `${ms} ms` : undefined)
    return { kind: 'postponed', ms, isHeld: effect.kind === 'reorder' }
  }
  return null
}

function drawn(
  { ms, msMax = ms }: Extract<WebhookEffect, { kind: 'delay' }>,
  between: (low: number, high: number) => number,
): number {
  return between(ms, msMax)
}

function isCompletion({ event }: Draft): boolean {
  return event.type === 'payment.updated' && objectIn(event)?.['status'] === 'completed'
}
