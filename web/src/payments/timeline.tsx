import type { PaymentDetail, TimelineEntry } from '@desk/shared/payments/payment-detail'
import { useBlockExplorer } from '../ui/block-explorer.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { toneText, type Tone } from '../ui/tone.ts'

/** What happened, oldest first, whoever told us. */
export function Timeline({ payment }: { readonly payment: PaymentDetail }) {
  const explorer = useBlockExplorer()
  return (
    <ol className="text-sm">
      {payment.timeline.map((entry) => (
        <li
          key={`${entry.kind} ${entry.at} ${entry.text}`}
          className="group relative grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 py-1"
        >
          <span
            aria-hidden
            className="absolute top-5 -bottom-2 left-[6.5px] w-px bg-line group-last:hidden"
          />
          <span
            aria-hidden
            className={`mx-[3px] mt-1.5 size-2 rounded-full bg-current ${toneText[tones[entry.kind]]}`}
          />
          <span className="min-w-0 break-words">
            {entry.text}
            {entry.txHash !== null && (
              <>
                {' '}
                {/* As high as the line, though its link is taller: the sentence keeps its place. */}
                <span className="inline-flex h-5 items-center align-bottom">
                  <Identifier
                    value={entry.txHash}
                    label="Transaction hash"
                    href={explorer.transactionUrl(payment.network, entry.txHash)}
                  />
                </span>
              </>
            )}
          </span>
          <span className="text-xs leading-5 text-faint">
            <PreciseText at={entry.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}

const tones = {
  created: 'idle',
  quoted: 'idle',
  seen_on_chain: 'wait',
  confirmed: 'ok',
  webhook: 'unsure',
  api_read: 'idle',
} as const satisfies Record<TimelineEntry['kind'], Tone>
