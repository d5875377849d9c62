import { Link } from '@tanstack/react-router'
import { columnName, isExportColumn } from '@desk/shared/exports/export-columns'
import type { ExportChange } from '@desk/shared/exports/payment-export'
import { Badge } from '../ui/badge.tsx'

/** One payment that differs, with what it was and what it became. */
export function ChangeLine({ change }: { readonly change: ExportChange }) {
  const { word, tone } = changeWords[change.change]
  const fields = Object.entries(change.fields).filter(([name]) => isTold(change, name))
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 py-2.5 text-sm">
      <span className="w-24 flex-none">
        <Badge tone={tone}>{word}</Badge>
      </span>
      <Link
        to="/payments/$paymentId"
        params={{ paymentId: change.paymentId }}
        className="min-w-0 basis-72 truncate font-mono text-xs leading-6 hover:text-accent max-md:basis-48 max-md:grow"
      >
        {change.paymentId}
      </Link>
      <dl className="grid min-w-0 flex-1 basis-72 grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 leading-6">
        {fields.map(([name, [before, after]]) => (
          <Field key={name} name={name} before={before} after={after} of={change} />
        ))}
        {fields.length === 0 && (
          <dd className="col-span-2 text-muted">
            {change.change === 'removed' ? 'Is no longer found by this question' : ''}
          </dd>
        )}
      </dl>
    </li>
  )
}

interface FieldProps {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
  readonly of: ExportChange
}

function Field({ name, before, after, of }: FieldProps) {
  return (
    <>
      <dt className="text-muted">{isExportColumn(name) ? columnName(name) : name}</dt>
      <dd className="min-w-0 wrap-anywhere tabular-nums">
        {of.change !== 'added' && (
          <span className={of.change === 'changed' ? 'text-muted' : ''}>{before ?? '—'}</span>
        )}
        {isBoth(of) && (
          <>
            <span aria-hidden> → </span>
            <span className="sr-only"> became </span>
          </>
        )}
        {(of.change === 'added' || isBoth(of)) && (after ?? '—')}
      </dd>
    </>
  )
}

/** A payment that went and is not in Desk at all any more has nothing after. */
function isBoth({ change, fields }: ExportChange): boolean {
  return change !== 'added' && Object.values(fields).some(([, after]) => after !== null)
}

/** Of what came or went, what people know it by; of what changed, everything. */
function isTold({ change }: ExportChange, name: string): boolean {
  return change !== 'added' || ['order', 'status', 'amount', 'net', 'received'].includes(name)
}

const changeWords = {
  added: { word: 'Added', tone: 'ok' },
  removed: { word: 'Removed', tone: 'bad' },
  changed: { word: 'Changed', tone: 'warn' },
} as const
