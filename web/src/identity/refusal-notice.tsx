import { Notice } from '../ui/panel.tsx'
import { useNow } from '../ui/now.ts'
import type { AuthRefusal } from './auth-requests.ts'
import { waitText } from './wait-text.ts'

/** What Desk refused; where one has to wait it counts down, which is read out once only. */
export function RefusalNotice({ refusal }: { readonly refusal: RefusalWords }) {
  const { message, retryAtMs } = refusal
  return (
    <div role="alert">
      {retryAtMs === null ? (
        <Notice tone="bad">{message}</Notice>
      ) : (
        <Notice tone="warn">
          <span className="sr-only">{message}</span>
          <Wait untilMs={retryAtMs} />
        </Notice>
      )}
    </div>
  )
}

export type RefusalWords = Pick<AuthRefusal, 'message' | 'retryAtMs'>

function Wait({ untilMs }: { readonly untilMs: number }) {
  const text = useNow((nowMs) => waitText(untilMs - nowMs))
  return (
    <span aria-hidden className="tabular-nums">
      {text}
    </span>
  )
}
