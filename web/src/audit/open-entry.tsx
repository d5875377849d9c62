import { useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@desk/shared/audit/audit-entry'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EntryDetail } from './entry-detail.tsx'

/** The entry that the address names, over the list; `known` is it where the list has it. */
export function OpenEntry({ seq, known, onClose }: OpenEntryProps) {
  return (
    <Drawer open label="Audit entry" onClose={onClose}>
      {known ? <EntryDetail entry={known} /> : <ReadEntry seq={seq} />}
    </Drawer>
  )
}

interface OpenEntryProps {
  /** As the address says it. */
  readonly seq: string
  readonly known: AuditEntry | undefined
  readonly onClose: () => void
}

/** An entry never changes, so it is read once. */
function ReadEntry({ seq }: { readonly seq: string }) {
  const { api } = signedInRoute.useRouteContext()
  const isNumber = /^[1-9]\d{0,15}$/.test(seq) && Number.isSafeInteger(Number(seq))
  const entry = useQuery({
    ...api.audit.entry.queryOptions({ seq: isNumber ? Number(seq) : 1 }, { staleTime: 'static' }),
    enabled: isNumber,
  })
  if (isNumber && entry.isPending) return <EntrySkeleton />
  if (isNumber && entry.data) return <EntryDetail entry={entry.data} />
  const fault = isNumber ? readFault(entry.error) : null
  const isUnknown = fault === null || fault.kind === 'not_found'
  return (
    <div className="p-5 pt-14">
      <ErrorPanel
        title={isUnknown ? 'No such entry' : 'This entry could not be read'}
        cause={fault?.message ?? 'The number in the address is not one an entry could have.'}
        wayOut={
          isUnknown
            ? 'Entries are never deleted: check the number.'
            : 'Nothing was lost. Try again in a moment.'
        }
        reference={fault?.reference}
        action={!isUnknown && <Button onClick={() => void entry.refetch()}>Try again</Button>}
      />
    </div>
  )
}

function EntrySkeleton() {
  return (
    <div aria-busy="true" className="p-5">
      <span className="sr-only">Loading the entry</span>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="mt-3 h-6 w-4/5" />
      <Skeleton className="mt-2 h-5 w-56" />
      {['values', 'facts', 'chain'].map((part) => (
        <div key={part} className="mt-8">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="mt-3 h-8 w-full" />
          <Skeleton className="mt-2 h-8 w-3/4" />
        </div>
      ))}
    </div>
  )
}
