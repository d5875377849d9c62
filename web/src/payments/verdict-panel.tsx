import { type VerdictRow } from '@desk/shared/payments/verdict-row'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { verdictMoment, verdictOf } from '@desk/shared/payments/verdict'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { useNow } from '../ui/now.ts'
import { Notice } from '../ui/panel.tsx'
import { NextSteps } from './next-steps.tsx'
import { replyText } from './verdict-reply.ts'
import { VerdictWords } from './verdict-words.tsx'

/** What happened, what to do about it and what to tell the customer. */
export function VerdictPanel({ payment }: { readonly payment: PaymentDetail }) {
  const zone = useViewZone()
  const moment = useNow((nowMs) => verdictMoment(payment, nowMs))
  const { name, tone, sentence, because, next, reply } = verdictOf(payment, moment)
  const letter = replyText(reply, zone)
  return (
    <section aria-label="Verdict" className="px-5 pb-4">
      <Notice tone={tone satisfies VerdictRow['tone']}>
        <p aria-live="polite" className="font-semibold">
          <VerdictWords text={sentence} />
        </p>
        <p className="mt-0.5">
          <VerdictWords text={because} />
        </p>
        <div className="mt-2.5 flex flex-wrap items-center gap-2">
          {/* Another reply was not copied yet. */}
          <CopyButton key={letter} text={letter} label="Copy reply for the customer" />
          <NextSteps key={name} payment={payment} next={next} />
        </div>
        <details className="mt-2">
          <summary className="w-fit cursor-pointer rounded-sm text-xs text-muted hover:text-text">
            Read the reply
          </summary>
          <p className="mt-1 text-sm break-words whitespace-pre-line">{letter}</p>
        </details>
      </Notice>
    </section>
  )
}
