import { useViewZone } from './business-day-rule.tsx'
import { bothClocks, clockText, preciseText, relativeText } from './moment-text.ts'
import { useNow } from './now.ts'
import { tip } from './tooltip.tsx'

/** How long ago, kept current. `at` is ISO 8601; hover or focus shows the business zone and UTC. */
export function Moment(props: MomentProps) {
  const text = useNow((nowMs) => relativeText(props.at, nowMs))
  return <Instant {...props} text={text} />
}

/** The time of day in the business zone, with the date when it is not today. */
export function ClockText(props: MomentProps) {
  const zone = useViewZone()
  const text = useNow((nowMs) => clockText(props.at, { zone, nowMs }))
  return <Instant {...props} text={text} />
}

/** The time of day to the second, always with it: what happened in one minute still has an order. */
export function PreciseText(props: MomentProps) {
  const zone = useViewZone()
  const text = useNow((nowMs) => preciseText(props.at, { zone, nowMs }))
  return <Instant {...props} text={text} />
}

interface MomentProps {
  readonly at: string
  /** False inside a row that is focusable as a whole: one tab stop a row is enough. */
  readonly focusable?: boolean
}

function Instant({ at, text, focusable = true }: MomentProps & { readonly text: string }) {
  const zone = useViewZone()
  return (
    <time
      dateTime={at}
      {...tip(bothClocks(at, zone))}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what hover shows, focus has to show too
      tabIndex={focusable ? 0 : undefined}
      className="rounded-sm whitespace-nowrap tabular-nums"
    >
      {text}
    </time>
  )
}
