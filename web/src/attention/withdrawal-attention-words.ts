import type { WithdrawalAttentionKind } from '@desk/shared/attention/withdrawal-attention'
import type { Tone } from '../ui/tone.ts'

export const withdrawalTone = {
  unknown: 'bad',
  waiting: 'wait',
  returned: 'warn',
} as const satisfies Record<WithdrawalAttentionKind, Tone>

/** The part of the list of withdrawals in which they stand. */
export const withdrawalPart = {
  unknown: 'open',
  waiting: 'inbox',
  returned: 'drafts',
} as const satisfies Record<WithdrawalAttentionKind, 'open' | 'inbox' | 'drafts'>
