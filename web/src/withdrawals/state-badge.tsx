import type { RequestState } from '@desk/shared/withdrawals/request-state'
import { Badge } from '../ui/badge.tsx'
import { stateWords } from './request-words.ts'

/** Where a request stands, in a word. */
export function StateBadge({ state }: { readonly state: RequestState }) {
  const { word, tone } = stateWords[state]
  return <Badge tone={tone}>{word}</Badge>
}
