import type { PaymentFlag } from '@desk/shared/payments/derived-facts'
import { Flag } from '../ui/badge.tsx'
import type { Tone } from '../ui/tone.ts'

/** Our own judgements, as chips beside SpacePay's status. */
export function PaymentFlags({ flags }: { readonly flags: readonly PaymentFlag[] }) {
  return flags.map((flag) => (
    <Flag key={flag} tone={looks[flag].tone}>
      {looks[flag].word}
    </Flag>
  ))
}

const looks = {
  underpaid: { tone: 'warn', word: 'Underpaid' },
  overpaid: { tone: 'wait', word: 'Overpaid' },
  late: { tone: 'warn', word: 'Late' },
} as const satisfies Record<PaymentFlag, { tone: Tone; word: string }>
