import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, Download, Printer } from 'lucide-react'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import '../ui/paper.css'
import { Skeleton } from '../ui/skeleton.tsx'
import { EvidencePaper } from './evidence-paper.tsx'
import { proveEvidence, type ProvedEvidence, provedText, utcText } from './proved-evidence.ts'
import { withdrawalEvidenceRoute } from './withdrawals.route.tsx'

/** One withdrawal as a file that proves itself: to read, to print and to take away. */
export function EvidencePage() {
  const { requestId } = withdrawalEvidenceRoute.useParams()
  const block = usePermissionBlock('withdrawals:export')
  return (
    <div className="mx-auto max-w-[880px] px-4 pt-4 pb-10 md:px-6 print:max-w-none print:p-0">
      <title>Evidence · SpacePay Desk</title>
      <Link
        to="/withdrawals/$requestId"
        params={{ requestId }}
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text print:hidden"
      >
        <ChevronLeft aria-hidden className="size-4" />
        Back to the request
      </Link>
      {block === null ? (
        <Evidence id={requestId} />
      ) : (
        <EmptyState heading="h1" title="Evidence is for who may read the audit log">
          It holds whole entries of the log, with network addresses of people. {block}
        </EmptyState>
      )}
    </div>
  )
}

function Evidence({ id }: { readonly id: string }) {
  const { data: proved, error, isFetching, refetch } = useEvidence(id)
  if (proved) {
    return (
      <>
        <Head proved={proved} isReading={isFetching} onReadAgain={() => void refetch()} />
        <Verdict proved={proved} />
        <EvidencePaper evidence={proved.evidence} />
      </>
    )
  }
  if (error === null) {
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-24 w-full rounded-lg" />
        <Skeleton className="h-96 w-full rounded-lg" />
      </div>
    )
  }
  const { message, reference } = readFault(error)
  return (
    <ErrorPanel
      heading="h1"
      title="The evidence could not be read"
      cause={message}
      wayOut="Nothing was changed by this."
      reference={reference}
      action={<Button onClick={() => void refetch()}>Try again</Button>}
    />
  )
}

/** Each reading is an entry of the audit log, so it is read once and shown as it was then. */
function useEvidence(id: string) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['evidence of a withdrawal', id],
    queryFn: async () => {
      const reading = queries
        .getMutationCache()
        .build(queries, api.withdrawals.evidence.mutationOptions())
      const file = await reading.execute({ id })
      await queries.invalidateQueries(api.audit.history.pathFilter())
      return proveEvidence(file)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  })
}

interface HeadProps {
  readonly proved: ProvedEvidence
  readonly isReading: boolean
  readonly onReadAgain: () => void
}

function Head({ proved: { name, sha256, text, evidence }, isReading, onReadAgain }: HeadProps) {
  const { exported, request } = evidence
  return (
    <>
      <PageHeader
        title={`Evidence of withdrawal ${request.name}`}
        state={`As it stood at ${utcText(exported.at)}`}
        actions={
          <span className="flex flex-wrap gap-2 print:hidden">
            <Button variant="primary" onClick={() => save(name, text)}>
              <Download aria-hidden className="size-4" />
              Download JSON
            </Button>
            <Button onClick={() => window.print()}>
              <Printer aria-hidden className="size-4" />
              Print
            </Button>
            <Button variant="ghost" pending={isReading} onClick={onReadAgain}>
              Read again
            </Button>
          </span>
        }
      />
      <p className="mb-3 text-xs wrap-anywhere text-muted">
        Taken by {exported.by?.name ?? 'nobody'}
        {exported.by !== null && ` (${exported.by.email})`} from {exported.desk},{' '}
        {exported.environment}. File <code>{name}</code>, SHA-256 <code>{sha256}</code>; the audit
        log keeps both.
      </p>
    </>
  )
}

function Verdict({ proved: { evidence, faults } }: { readonly proved: ProvedEvidence }) {
  return (
    <div role={faults.length === 0 ? 'status' : 'alert'} className="flex flex-col gap-3">
      {faults.length === 0 ? (
        <Notice tone="ok">
          <strong className="font-semibold">This file proves itself.</strong> Your browser computed
          it anew, from nothing but the file:
          <Lines lines={provedText(evidence)} />
          <p className="mt-1.5">
            That no entry is missing between these is not in this file: the export of the whole log
            and the heads of the log that were mailed prove that.
          </p>
        </Notice>
      ) : (
        <Notice tone="bad">
          <strong className="font-semibold">This file does not prove itself.</strong> Do not rely on
          it, and tell an admin:
          <Lines lines={faults} />
        </Notice>
      )}
      <Notice tone="warn">
        <strong className="font-semibold">Personal data.</strong> {evidence.personalData}
      </Notice>
    </div>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="mt-1 list-disc pl-5">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function save(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = name
  link.click()
  // The browser has taken over by the next turn of its loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
