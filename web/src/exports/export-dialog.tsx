import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import { exportColumns, exportColumnsOfList } from '@desk/shared/exports/export-columns'
import { type PaymentColumn, usualColumns } from '@desk/shared/payments/payment-column'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { summaryOptions } from '../payments/payment-list-queries.ts'
import { announce } from '../ui/announce.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'
import { SelectField } from '../ui/select-field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChoiceCards } from '../ui/choice-cards.tsx'
import { useExportsChanged } from './export-queries.ts'
import { paymentsText, questionText } from './export-words.ts'
import { followExport } from './followed.ts'
import { type ExportChoices, keepChoices, keptChoices } from './kept-choices.ts'

/** Asks for a file of exactly what the list shows. It begins with how the last one was made. */
export function ExportDialog({ query, columns, onClose }: ExportDialogProps) {
  const { api, me } = signedInRoute.useRouteContext()
  const rule = useBusinessDay()
  const businessZone = rule.zone
  const [choices, setChoices] = useState(keptChoices)
  const changed = useExportsChanged()
  const listed = exportColumnsOfList(columns ?? usualColumns)
  const create = useMutation(
    api.exports.create.mutationOptions({
      onSuccess: async ({ id }) => {
        announce('The export has begun')
        followExport(me.userId, id)
        onClose()
        await changed()
      },
    }),
  )
  const change = (part: Partial<ExportChoices>) => setChoices({ ...choices, ...part })
  const send = () => {
    keepChoices(choices)
    create.mutate({
      query: { ...query, judgements: [...query.judgements] },
      format: choices.format,
      columns: choices.columns === 'list' ? listed : [...exportColumns],
      timesZone: choices.timesZone ?? businessZone,
      hasMark: choices.hasMark,
    })
  }
  return (
    <Dialog
      title="Export payments"
      description={<Question query={query} />}
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={create.isPending}>
            Create export
          </Button>
        </>
      }
    >
      <ChoiceCards
        legend="Format"
        value={choices.format}
        choices={formats}
        onChange={(format) => change({ format })}
      />
      <ChoiceCards
        legend="Columns"
        value={choices.columns}
        choices={[
          {
            value: 'full',
            label: 'All columns',
            hint: `${exportColumns.length} columns, with every fee and id. The same in every file.`,
          },
          {
            value: 'list',
            label: 'As the list shows',
            hint: `${listed.length} columns, in its order.`,
          },
        ]}
        onChange={(chosen) => change({ columns: chosen })}
      />
      <SelectField
        label="Times are written in"
        hint={`The days of the filter are ${zoneName(businessZone)} days either way.`}
        value={choices.timesZone ?? businessZone}
        onChange={({ target }) =>
          change({ timesZone: target.value === businessZone ? null : target.value })
        }
      >
        {zonesOffered(businessZone, choices.timesZone).map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </SelectField>
      {choices.format === 'csv' && (
        <Checkbox
          label="Begin with the UTF-8 mark"
          hint="Excel needs it to read accents and other alphabets; some programs stumble over it."
          checked={choices.hasMark}
          onChange={(hasMark) => change({ hasMark })}
        />
      )}
      <FaultLine error={create.error} />
    </Dialog>
  )
}

interface ExportDialogProps {
  readonly query: PaymentQuery
  readonly columns: readonly PaymentColumn[] | null
  readonly onClose: () => void
}

const formats = [
  {
    value: 'xlsx',
    label: 'Excel',
    hint: 'Amounts are numbers and times are dates; token amounts are exact text.',
  },
  { value: 'csv', label: 'CSV', hint: 'For other programs. Every amount is an exact decimal.' },
] as const

/** What is asked in words, and about how much that is. */
function Question({ query }: { readonly query: PaymentQuery }) {
  const { api } = signedInRoute.useRouteContext()
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const { data, isError } = useQuery(summaryOptions(api, query))
  return (
    <>
      <p className="text-text">{questionText(query, today)}</p>
      {data ? (
        <p className="tabular-nums">
          {data.exact ? 'About ' : 'Over '}
          {paymentsText(data.count)}. The file says exactly how many.
        </p>
      ) : isError ? (
        <p>How many payments these are could not be counted. The file says it.</p>
      ) : (
        <Skeleton className="h-5 w-40" />
      )}
    </>
  )
}

/** The business zone, UTC and where this browser is. */
function zonesOffered(businessZone: string, chosen: string | null): readonly string[] {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([businessZone, 'UTC', here, chosen ?? businessZone])]
}
