import { Flag } from '../ui/badge.tsx'
import type { Tone } from '../ui/tone.ts'
import { type DiffRow, entryDiff } from './entry-diff.ts'

/** What an entry tells of before and after; what changed is marked. */
export function EntryChanges({ before, after }: EntryChangesProps) {
  const rows = entryDiff(before, after)
  if (rows.length === 0) {
    return <p className="text-sm text-muted">This entry tells of no values.</p>
  }
  const hasBoth = before !== null && after !== null
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Values before and after</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-faint">
          <th scope="col" className="h-8 w-[34%] px-2 font-medium">
            Name
          </th>
          {before !== null && (
            <th scope="col" className="px-2 font-medium">
              Before
            </th>
          )}
          {after !== null && (
            <th scope="col" className="px-2 font-medium">
              {hasBoth ? 'After' : 'Value'}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.name}
            className={`border-b border-line align-top last:border-b-0 ${hasBoth && row.change !== 'same' ? 'bg-wait-soft' : ''}`}
          >
            <th scope="row" className="p-2 text-left font-normal break-words">
              {row.name === '' ? 'text' : inPlainWords(row.name)}
              {hasBoth && row.change !== 'same' && (
                <span className="mt-1 block">
                  <Flag tone={marks[row.change]}>{row.change}</Flag>
                </span>
              )}
            </th>
            {before !== null && <Value text={row.before} />}
            {after !== null && <Value text={row.after} />}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface EntryChangesProps {
  readonly before: string | null
  readonly after: string | null
}

function Value({ text }: { readonly text: string | null }) {
  return (
    <td className="p-2 break-words whitespace-pre-wrap">
      {text ?? <span className="text-faint">—</span>}
    </td>
  )
}

const marks = {
  changed: 'wait',
  added: 'ok',
  removed: 'warn',
} as const satisfies Record<Exclude<DiffRow['change'], 'same'>, Tone>

/** `endedSessions` → `ended sessions`; what is no such word stays as it is. */
function inPlainWords(name: string): string {
  return /^[a-z]+([A-Z][a-z]+)+$/.test(name)
    ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name
}
