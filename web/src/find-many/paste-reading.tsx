import { Checkbox } from '../ui/checkbox.tsx'
import { countText } from '../ui/readers-locale.ts'
import { SelectField } from '../ui/select-field.tsx'
import { keepPaste } from './kept-paste.ts'
import type { Paste, ReadPaste } from './read-paste.ts'

/** How the paste is read so far: how many there are, and of a table which column. */
export function PasteReading({ paste, read }: PasteReadingProps) {
  const { table, hasHeading } = read
  return (
    <div className="flex flex-col gap-3">
      <p aria-live="polite" className="min-h-5 text-sm text-muted tabular-nums">
        {readingText(read)}
      </p>
      {(table !== null || hasHeading || paste.hasHeading !== null) && (
        <div className="grid items-end gap-x-6 gap-y-3 md:grid-cols-[minmax(0,360px)_1fr]">
          {table !== null && (
            <SelectField
              label="Column to look up"
              value={table.column}
              onChange={(event) => keepPaste({ ...paste, column: Number(event.target.value) })}
            >
              {table.columns.map(({ name, sample }, index) => (
                <option key={index} value={index}>
                  {sample === '' ? `${name} (empty)` : `${name}: ${sample.slice(0, 40)}`}
                </option>
              ))}
            </SelectField>
          )}
          <div className="md:pb-2.5">
            <Checkbox
              label="The first row is a heading"
              checked={hasHeading}
              onChange={(checked) => keepPaste({ ...paste, hasHeading: checked })}
            />
          </div>
        </div>
      )}
    </div>
  )
}

interface PasteReadingProps {
  readonly paste: Paste
  readonly read: ReadPaste
}

function readingText({ filled, lines, table }: ReadPaste): string {
  if (filled === 0) return 'Nothing to look up yet'
  const noun = table === null ? 'line' : 'row'
  const repeated = lines.filter(({ repeatedOn }) => repeatedOn.length > 0).length
  const parts = [
    `${countText(filled)} ${filled === 1 ? noun : `${noun}s`}`,
    `${countText(lines.length)} to look up`,
    ...(repeated > 0 ? [`${countText(repeated)} of them more than once`] : []),
  ]
  return parts.join(' · ')
}
