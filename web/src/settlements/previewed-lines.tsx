import type { StatementPreview } from '@desk/shared/settlements/bank-statements'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Notice } from '../ui/panel.tsx'

/** The first lines of a CSV file as they would be kept. */
export function PreviewedLines({ preview, currency }: PreviewedLinesProps) {
  const { read, unreadable, encoding, delimiter, isRemembered } = preview
  return (
    <div>
      <p className="pb-1 text-xs text-faint">
        {encoding}, separated by {delimiterWords.get(delimiter) ?? delimiter}
        {isRemembered && ' · columns as chosen for the last file like this'}
      </p>
      {read.length > 0 && (
        <table className="w-full table-fixed text-sm tabular-nums">
          <caption className="sr-only">The first lines as they would be kept</caption>
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="h-7 w-24 text-left font-medium">
                Booked
              </th>
              <th scope="col" className="h-7 text-left font-medium">
                Reference
              </th>
              <th scope="col" className="h-7 w-28 text-right font-medium">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {read.slice(0, 4).map((line, index) => (
              <tr key={`${index} ${line.reference}`} className="border-t border-line">
                <td className="py-1">{shortDay(line.bookedOn, false)}</td>
                <td className="truncate py-1 pr-2">{line.reference || line.counterparty}</td>
                <td className="py-1 text-right">
                  <Amount cents={line.amountMinor} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unreadable[0] !== undefined && (
        <div className="pt-2">
          <Notice tone="warn">
            {read.length === 0
              ? 'None of the first rows can be read this way'
              : 'Some of the first rows cannot be read this way'}
            : {unreadable[0]}
          </Notice>
        </div>
      )}
    </div>
  )
}

interface PreviewedLinesProps {
  readonly preview: CsvPreview
  /** The account's. */
  readonly currency: string
}

type CsvPreview = Extract<StatementPreview, { format: 'csv' }>

const delimiterWords: ReadonlyMap<string, string> = new Map([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
])
