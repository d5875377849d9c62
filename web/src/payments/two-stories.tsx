import type { ObservationSummary, PaymentDetail } from '@desk/shared/payments/payment-detail'
import { StatusBadge } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'

/** The last word of each source and how fresh it is, so that a difference is seen and not averaged away. */
export function TwoStories({ payment }: { readonly payment: PaymentDetail }) {
  const { webhookStory, apiStory, apiReadAt } = payment
  return (
    <div className="grid gap-1 text-sm">
      <StoryLine name="Webhooks" story={webhookStory} freshAt={webhookStory?.learnedAt ?? null} />
      <StoryLine name="API" story={apiStory} freshAt={apiReadAt ?? apiStory?.learnedAt ?? null} />
    </div>
  )
}

function StoryLine({ name, story, freshAt }: StoryLineProps) {
  return (
    <p className="flex min-h-8 items-center gap-3">
      <span className="w-20 flex-none text-faint">{name}</span>
      {story === null ? (
        <span className="text-muted">said nothing yet</span>
      ) : (
        <StatusBadge status={story.status} />
      )}
      {freshAt !== null && (
        <span className="text-xs text-faint">
          last heard <Moment at={freshAt} />
        </span>
      )}
    </p>
  )
}

interface StoryLineProps {
  readonly name: string
  readonly story: ObservationSummary | null
  readonly freshAt: string | null
}
