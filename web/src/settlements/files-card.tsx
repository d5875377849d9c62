import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MonthFile, MonthFileKind } from '@desk/shared/settlements/month-files'
import { FaultLine } from '../app/fault-line.tsx'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AccountsDialog } from './accounts-dialog.tsx'

const READ_EVERY_MS = 1_000

/** Files of a closed month: made by a job, kept, and compared with the one before. */
export function FilesCard({ month, closeId }: FilesCardProps) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const block = usePermissionBlock('exports:create')
  const [isAsking, setAsking] = useState(false)
  const files = useQuery(
    api.settlementMonths.files.queryOptions(
      { month },
      {
        refetchInterval: ({ state }) =>
          state.data?.some((file) => file.state === 'queued') ? READ_EVERY_MS : false,
      },
    ),
  )
  const make = useMutation(
    api.settlementMonths.makeFile.mutationOptions({
      onSettled: () => queries.invalidateQueries(api.settlementMonths.files.pathFilter()),
    }),
  )
  return (
    <div className="mt-3 print:hidden">
      <Card
        title="Files"
        about="Made again, a file is the same to the byte, or says what moved."
        action={
          <div className="flex flex-wrap gap-2">
            {kinds.map(({ kind, label }) => (
              <GuardedButton
                key={kind}
                block={block}
                pending={make.isPending}
                onClick={() => make.mutate({ closeId, kind })}
              >
                {label}
              </GuardedButton>
            ))}
            <Button variant="ghost" onClick={() => setAsking(true)}>
              Accounts…
            </Button>
          </div>
        }
      >
        <FaultLine error={make.error} />
        {files.isPending && <Skeleton className="h-16 w-full" />}
        {files.isError && (
          <p role="alert" className="text-sm text-bad">
            {readFault(files.error).message}{' '}
            <Button onClick={() => void files.refetch()}>Try again</Button>
          </p>
        )}
        {files.data?.length === 0 && (
          <p className="text-sm text-muted">No file was made of this month yet.</p>
        )}
        {files.data && files.data.length > 0 && (
          <ul aria-label="Files" className="text-sm">
            {files.data.map((file) => (
              <FileLine key={file.id} file={file} />
            ))}
          </ul>
        )}
        {isAsking && <AccountsDialog onClose={() => setAsking(false)} />}
      </Card>
    </div>
  )
}

interface FilesCardProps {
  /** `YYYY-MM`. */
  readonly month: string
  readonly closeId: number
}

const kinds: readonly { readonly kind: MonthFileKind; readonly label: string }[] = [
  { kind: 'report', label: 'Make Excel report' },
  { kind: 'journal', label: 'Make journal' },
]

function FileLine({ file }: { readonly file: MonthFile }) {
  const { id, state, name, sha256, difference } = file
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 first:border-t-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">
            {name ?? (file.kind === 'report' ? 'Report' : 'Journal')}
          </span>
          {state === 'queued' && <Badge tone="wait">Being made</Badge>}
          {state === 'failed' && <Badge tone="bad">Failed</Badge>}
          {difference?.isIdentical && <Badge tone="ok">Same as before, to the byte</Badge>}
          {difference?.isIdentical === false && <Badge tone="warn">Not as before</Badge>}
        </p>
        <p className="text-xs text-faint">
          {file.requestedBy.name} <Moment at={file.requestedAt} />
          {difference?.moved.map((words) => ` · ${words}`)}
          {file.error !== null && ` · ${file.error}`}
        </p>
        {sha256 !== null && (
          <p className="truncate text-xs text-faint">
            SHA-256 <Identifier value={sha256} label="SHA-256" />
          </p>
        )}
      </div>
      {state === 'done' && (
        <span className="flex gap-2">
          <a href={`/exports/months/${id}`} download className={buttonClass({})}>
            Download
          </a>
          <a
            href={`/exports/months/${id}/manifest`}
            download
            className={buttonClass({ variant: 'ghost' })}
          >
            Manifest
          </a>
        </span>
      )}
    </li>
  )
}
