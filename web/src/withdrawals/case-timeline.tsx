import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { ClockText } from '../ui/moment.tsx'
import { eventDetail, eventText, stateWords } from './request-words.ts'

/** From draft to chain, oldest first. */
export function CaseTimeline({ shown }: { readonly shown: RequestCase }) {
  return (
    <ol className="flex flex-col gap-2 text-sm">
      {shown.events.map((event) => {
        const detail = eventDetail(event)
        return (
          <li key={event.id} className="grid grid-cols-[88px_minmax(0,1fr)] gap-3">
            <span className="text-faint">
              <ClockText at={event.at} />
            </span>
            <span>
              {eventText(event)}
              {event.toState !== null && (
                <span className="text-faint"> → {stateWords[event.toState].word}</span>
              )}
              {detail !== null && (
                <span className="block text-xs text-muted wrap-anywhere">{detail}</span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
