import type { ObservationSummary, PaymentDetail } from '@desk/shared/payments/payment-detail'
import { compareStories, type StoryComparison } from '@desk/shared/payments/story-comparison'
import { Amount } from '../ui/amount.tsx'
import { Flag, StatusBadge } from '../ui/badge.tsx'
import { Moment, PreciseText } from '../ui/moment.tsx'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import type { Tone } from '../ui/tone.ts'
import { DriftList } from './drift-list.tsx'
import { NeverAnnounced } from './never-announced.tsx'

/** The last word of each source and how fresh it is, so that a difference is seen and not averaged away. */
export function TwoStories({ payment }: { readonly payment: PaymentDetail }) {
  const { webhookStory, apiStory, apiReadAt, currency } = payment
  const comparison = compareStories(webhookStory, apiStory)
  const { tone, word, text } = outcomeWords(comparison)
  return (
    <>
      <p className="mb-2 flex flex-wrap items-center gap-2 text-sm">
        <Flag tone={tone}>{word}</Flag>
        <span className="text-muted">{text}</span>
      </p>
      {webhookStory === null && <NeverAnnounced />}
      <DriftList drift={payment.drift} currency={currency} />
      <ScrollSideways label="Webhooks and API">
        <table className="w-full text-sm">
          <caption className="sr-only">
            The last state by webhook beside the last from the API
          </caption>
          <thead>
            <tr className="border-b border-line text-left text-xs text-faint">
              {['Source', 'Status', 'Amount', 'As of', 'Last heard'].map((name) => (
                <th key={name} scope="col" className="h-8 pr-4 font-medium last:pr-0">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <StoryRow
              name="Webhooks"
              story={webhookStory}
              heardAt={webhookStory?.learnedAt ?? null}
              currency={currency}
            />
            <StoryRow
              name="API"
              story={apiStory}
              heardAt={latest(apiReadAt, apiStory?.learnedAt ?? null)}
              currency={currency}
            />
          </tbody>
        </table>
      </ScrollSideways>
    </>
  )
}

function StoryRow({ name, story, heardAt, currency }: StoryRowProps) {
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className="h-10 pr-4 text-left font-normal">
        {name}
      </th>
      <td className="pr-4 whitespace-nowrap">
        {story === null ? (
          <span className="text-muted">said nothing yet</span>
        ) : story.status === 'not_found' ? (
          <Flag tone="bad">not known</Flag>
        ) : (
          <StatusBadge status={story.status} />
        )}
      </td>
      <td className="pr-4 whitespace-nowrap">
        {story?.amountCents == null ? (
          <span className="text-faint">—</span>
        ) : (
          <Amount cents={story.amountCents} currency={currency} />
        )}
      </td>
      <td className="pr-4 text-xs whitespace-nowrap text-muted">
        {story === null ? '—' : <PreciseText at={story.occurredAt} />}
      </td>
      <td className="text-xs whitespace-nowrap text-muted">
        {heardAt === null ? 'never' : <Moment at={heardAt} />}
      </td>
    </tr>
  )
}

interface StoryRowProps {
  readonly name: string
  readonly story: ObservationSummary | null
  readonly heardAt: string | null
  readonly currency: string
}

function outcomeWords({ outcome, differences, newer }: StoryComparison): OutcomeWords {
  switch (outcome) {
    case 'agree':
      return { tone: 'ok', word: 'Agree', text: 'Both say the same.' }
    case 'unheard':
      return { tone: 'idle', word: 'Nothing yet', text: 'Neither has said anything.' }
    case 'webhooks_only':
      return {
        tone: 'idle',
        word: 'Webhooks only',
        text: 'The API has not been read for this payment yet.',
      }
    case 'api_only':
      return { tone: 'idle', word: 'API only', text: 'No webhook about this payment has come.' }
    case 'missing':
      return {
        tone: 'bad',
        word: 'Not known to the API',
        text: 'SpacePay announced it and then did not know it.',
      }
    case 'differ':
      return {
        tone: 'warn',
        word: 'Differ',
        text: `They differ in ${differences.join(' and ')}. ${lastWord(newer)}`,
      }
  }
}

interface OutcomeWords {
  readonly tone: Tone
  readonly word: string
  readonly text: string
}

function lastWord(newer: StoryComparison['newer']): string {
  if (newer === null) return 'Both speak of the same moment.'
  return newer === 'api'
    ? 'The API speaks of the later moment: a webhook is missing or on its way.'
    : 'The webhook speaks of the later moment: the API has not been read since.'
}

/** An answer that changed nothing is heard too; one about a moment ago may be learned later. */
function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(a) > Date.parse(b) ? a : b
}
