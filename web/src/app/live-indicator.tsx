import { tip } from '../ui/tooltip.tsx'
import { useLiveState } from './live.tsx'

/** Whether what is on screen follows by itself. */
export function LiveIndicator() {
  const { word, meaning, tone } = look[useLiveState()]
  return (
    <output {...tip(meaning)} className="flex flex-none items-center gap-1.5 text-xs text-muted">
      <span aria-hidden className={`size-2 rounded-full ${tone}`} />
      <span className="max-md:sr-only">{word}</span>
    </output>
  )
}

const look = {
  live: { word: 'Live', meaning: 'Changes appear here as they happen', tone: 'bg-ok' },
  reconnecting: {
    word: 'Reconnecting',
    meaning: 'The live connection to Desk is lost\nWhat you see may be old until it is back',
    tone: 'bg-warn',
  },
} as const
