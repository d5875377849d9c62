import type { StatementPreview } from '@desk/shared/settlements/bank-statements'
import type { CsvMapping } from '@desk/shared/settlements/csv-mapping'
import { SelectField } from '../ui/select-field.tsx'

/** Which column of a CSV file says what; every choice is tried at once. */
export function CsvColumns({ preview, onChange }: CsvColumnsProps) {
  const mapping = preview.mapping ?? blank
  const change = (part: Partial<CsvMapping>) => onChange({ ...mapping, ...part })
  const { amount } = mapping
  const column = (label: string, value: number, onColumn: (column: number) => void) => (
    <ColumnField
      label={label}
      headings={preview.headings}
      value={value}
      onColumn={(chosen) => chosen !== null && onColumn(chosen)}
    />
  )
  return (
    <div className="grid gap-3 pt-3 md:grid-cols-2">
      {column('Date', mapping.bookedOn, (bookedOn) => change({ bookedOn }))}
      <SelectField
        label="Dates are written"
        value={mapping.dateOrder}
        onChange={({ target }) =>
          change({
            dateOrder: dateOrders.find((each) => each === target.value) ?? 'year_month_day',
          })
        }
      >
        <option value="year_month_day">2026-11-23</option>
        <option value="day_month_year">23.11.2026</option>
        <option value="month_day_year">11/23/2026</option>
      </SelectField>
      <SelectField
        label="Amounts stand in"
        value={amount.kind}
        onChange={({ target }) =>
          change({
            amount:
              target.value === 'split'
                ? { kind: 'split', credit: 0, debit: 0 }
                : { kind: 'signed', column: 0 },
          })
        }
      >
        <option value="signed">one column with a sign</option>
        <option value="split">two, in and out</option>
      </SelectField>
      <SelectField
        label="Decimals are written"
        value={mapping.decimalMark}
        onChange={({ target }) => change({ decimalMark: target.value === ',' ? ',' : '.' })}
      >
        <option value=".">1,234.56</option>
        <option value=",">1.234,56</option>
      </SelectField>
      {amount.kind === 'signed' ? (
        column('Amount', amount.column, (chosen) =>
          change({ amount: { kind: 'signed', column: chosen } }),
        )
      ) : (
        <>
          {column('Paid in', amount.credit, (credit) => change({ amount: { ...amount, credit } }))}
          {column('Paid out', amount.debit, (debit) => change({ amount: { ...amount, debit } }))}
        </>
      )}
      {optional.map(({ field, label }) => (
        <ColumnField
          key={field}
          label={label}
          headings={preview.headings}
          value={mapping[field]}
          isOptional
          onColumn={(chosen) => change({ [field]: chosen })}
        />
      ))}
    </div>
  )
}

interface CsvColumnsProps {
  readonly preview: Extract<StatementPreview, { format: 'csv' }>
  readonly onChange: (mapping: CsvMapping) => void
}

const dateOrders = ['year_month_day', 'day_month_year', 'month_day_year'] as const

const optional = [
  { field: 'reference', label: 'Reference' },
  { field: 'counterparty', label: 'Payer or payee' },
  { field: 'description', label: 'Description' },
  { field: 'valueOn', label: 'Value date' },
  { field: 'currency', label: 'Currency' },
  { field: 'account', label: 'Account' },
  { field: 'charge', label: 'Fee the bank kept' },
  { field: 'originalAmount', label: 'Amount that was sent' },
  { field: 'originalCurrency', label: 'Currency that was sent' },
  { field: 'rate', label: 'Exchange rate' },
] as const

/** To begin with where the headings say too little. */
const blank: CsvMapping = {
  bookedOn: 0,
  valueOn: null,
  dateOrder: 'year_month_day',
  amount: { kind: 'signed', column: 1 },
  decimalMark: '.',
  reference: null,
  counterparty: null,
  description: null,
  currency: null,
  account: null,
  originalAmount: null,
  originalCurrency: null,
  rate: null,
  charge: null,
}

function ColumnField({ label, headings, value, isOptional = false, onColumn }: ColumnFieldProps) {
  return (
    <SelectField
      label={label}
      value={value === null ? '' : String(value)}
      onChange={({ target }) => onColumn(target.value === '' ? null : Number(target.value))}
    >
      {isOptional && <option value="">not in this file</option>}
      {headings.map((heading, index) => (
        <option key={`${index} ${heading}`} value={index}>
          {heading === '' ? `Column ${index + 1}` : heading}
        </option>
      ))}
    </SelectField>
  )
}

interface ColumnFieldProps {
  readonly label: string
  readonly headings: readonly string[]
  readonly value: number | null
  readonly isOptional?: boolean
  readonly onColumn: (column: number | null) => void
}
