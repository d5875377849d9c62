import type { TimelineEntry } from '@desk/shared/payments/payment-detail'
import { useBlockExplorer } from '../ui/block-explorer.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { toneText, type Tone } from '../ui/tone.ts'

/** One thing that happened, whoever told us: SpacePay, the chain, or people here. */
export interface StoryEntry extends Omit<TimelineEntry, 'kind'> {
  readonly kind: TimelineEntry['kind'] | 'note' | 'person'
  /** Tells apart what reads the same. */
  readonly key: string
}

/** What happened, in the order given. */
export function Timeline({ entries, network }: TimelineProps) {
  const explorer = useBlockExplorer()
  return (
    <ol className="text-sm">
      {entries.map((entry) => (
        <li
          key={entry.key}
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
          <span
            dir="auto"
            className={`min-w-0 break-words ${entry.kind === 'note' ? 'line-clamp-6 whitespace-pre-line' : ''}`}
          >
            {entry.text}
            {entry.txHash !== null && (
              <>
                {' '}
                {/* As high as the line, though its link is taller: the sentence keeps its place. */}
                <span className="inline-flex h-5 items-center align-bottom">
                  <Identifier
                    value={entry.txHash}
                    label="Transaction hash"
                    href={explorer.transactionUrl(network, entry.txHash)}
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

interface TimelineProps {
  readonly entries: readonly StoryEntry[]
  /** CAIP-2, of the transactions. */
  readonly network: string | null
}

const tones = {
  created: 'idle',
  quoted: 'idle',
  seen_on_chain: 'wait',
  confirmed: 'ok',
  webhook: 'unsure',
  api_read: 'idle',
  note: 'warn',
  person: 'warn',
} as const satisfies Record<StoryEntry['kind'], Tone>
