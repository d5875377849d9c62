import type { PaymentFlag } from '@desk/shared/payments/derived-facts'
import { Flag } from '../ui/badge.tsx'
import type { Tone } from '../ui/tone.ts'

/** Our own judgements, as chips beside SpacePay's status. */
export function PaymentFlags({ flags, isDrifted = false }: PaymentFlagsProps) {
  return (
    <>
      {flags.map((flag) => (
        <Flag key={flag} tone={looks[flag].tone}>
          {looks[flag].word}
        </Flag>
      ))}
      {isDrifted && <Flag tone="warn">Drifted</Flag>}
    </>
  )
}

interface PaymentFlagsProps {
  readonly flags: readonly PaymentFlag[]
  readonly isDrifted?: boolean | undefined
}

const looks = {
  underpaid: { tone: 'warn', word: 'Underpaid' },
  overpaid: { tone: 'wait', word: 'Overpaid' },
  late: { tone: 'warn', word: 'Late' },
} as const satisfies Record<PaymentFlag, { tone: Tone; word: string }>
