import { Link } from '@tanstack/react-router'
import type { Rehearsal, RehearsedPart } from '@desk/shared/withdrawals/rehearsal'
import { Amount } from '../ui/amount.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'

const EXAMPLES_SHOWN = 5

/** What a proposed policy would have made of the last 90 days. */
export function RehearsalResult({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { requests, asBefore, warnings } = rehearsal
  return (
    <output className="mb-4 flex flex-col gap-2">
      <Notice tone={warnings.length > 0 ? 'warn' : 'ok'}>
        {requests === 0
          ? 'Nothing was approved in the last 90 days, so there is nothing to try it on.'
          : `Of ${countText(requests)} approved requests in the last 90 days ${countText(asBefore)} would have been approved as they were.`}
      </Notice>
      {parts.map(({ part, title }) => (
        <Part key={part} title={title} found={rehearsal[part]} />
      ))}
      {warnings.map(({ sentence }) => (
        <Notice key={sentence} tone="warn">
          {sentence}
        </Notice>
      ))}
    </output>
  )
}

const parts = [
  { part: 'needMorePeople', title: 'would have needed more people' },
  { part: 'needOtherPeople', title: 'would have needed other people' },
  { part: 'overLimit', title: 'would have been above a limit' },
  { part: 'otherTime', title: 'would not have left when they did' },
] as const

function Part({ title, found }: { readonly title: string; readonly found: RehearsedPart }) {
  if (found.count === 0) return null
  return (
    <div className="rounded-md border border-line px-4 py-3 text-sm">
      <p className="font-medium">
        {countText(found.count)} {title}
        {found.count > EXAMPLES_SHOWN && ', the newest of them:'}
      </p>
      <ul className="mt-1 flex flex-col gap-1">
        {found.examples.slice(0, EXAMPLES_SHOWN).map(({ id, name, amountCents, sentence }) => (
          <li key={id}>
            <Link
              to="/withdrawals/$requestId"
              params={{ requestId: id }}
              className="text-accent hover:underline"
            >
              {name}
            </Link>{' '}
            <Amount cents={amountCents} /> · {sentence}
          </li>
        ))}
      </ul>
    </div>
  )
}
