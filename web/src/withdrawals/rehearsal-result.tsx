import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'

interface RehearsalResultProps {
  readonly rehearsal: {
    readonly requests: number
    readonly asBefore: number
    readonly needMorePeople: { readonly count: number }
    readonly needOtherPeople: { readonly count: number }
    readonly overLimit: { readonly count: number }
    readonly warnings: readonly { readonly sentence: string }[]
  }
}

/** What a proposed policy would have made of the last 90 days. */
export function RehearsalResult({ rehearsal }: RehearsalResultProps) {
  const { requests, asBefore, needMorePeople, needOtherPeople, overLimit, warnings } = rehearsal
  return (
    <output className="mb-3 flex flex-col gap-2">
      <Notice tone={warnings.length > 0 ? 'warn' : 'ok'}>
        Of {countText(requests)} requests in the last 90 days {countText(asBefore)} would have gone
        as they did, {countText(needMorePeople.count)} would have needed more people,{' '}
        {countText(needOtherPeople.count)} other people, and {countText(overLimit.count)} would have
        been above a limit.
      </Notice>
      {warnings.map(({ sentence }) => (
        <Notice key={sentence} tone="warn">
          {sentence}
        </Notice>
      ))}
    </output>
  )
}
