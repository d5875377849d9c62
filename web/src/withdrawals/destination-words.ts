import type { DestinationAct } from '@desk/shared/withdrawals/destination-view'
import type { DestinationState } from '@desk/shared/withdrawals/passport'
import type { Tone } from '../ui/tone.ts'

export const destinationWords = {
  proposed: { word: 'Waits for approval', tone: 'wait' },
  active: { word: 'Active', tone: 'ok' },
  frozen: { word: 'Frozen', tone: 'warn' },
  refused: { word: 'Refused', tone: 'bad' },
  removed: { word: 'Removed', tone: 'idle' },
} as const satisfies Record<DestinationState, { word: string; tone: Tone }>

/** What is asked before something is done with a destination, and on which button. */
export const actWords = {
  refuse: {
    verb: 'Refuse destination',
    consequence: 'It cannot be paid. It can be proposed again.',
  },
  freeze: {
    verb: 'Freeze destination',
    consequence: 'Nothing is sent to it, not even what is approved, until somebody unfreezes it.',
  },
  unfreeze: {
    verb: 'Unfreeze destination',
    consequence: 'What is approved and held by nothing else is sent to it again.',
  },
  remove: {
    verb: 'Remove destination',
    consequence: 'It leaves the address book. Its history stays.',
  },
} as const satisfies Partial<Record<DestinationAct, { verb: string; consequence: string }>>
