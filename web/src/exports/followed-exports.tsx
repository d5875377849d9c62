import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { isExportOpen, type PaymentExport } from '@desk/shared/exports/payment-export'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button, buttonClass, IconButton } from '../ui/button.tsx'
import { useNow } from '../ui/now.ts'
import { exportOptions, useCancelExport } from './export-queries.ts'
import { bytesText } from '../ui/bytes-text.ts'
import { differenceText, paymentsText, progressText } from './export-words.ts'
import { takeDownload, unfollowExport, useFollowedExports } from './followed.ts'
import { ProgressBar } from './progress-bar.tsx'

/** Exports that were asked for in this browser, until each was seen to end: above the page, in its corner. */
export function FollowedExports() {
  const { me } = signedInRoute.useRouteContext()
  const ids = useFollowedExports(me.userId)
  return (
    <section
      aria-label="Exports under way"
      className="fixed right-4 bottom-4 z-30 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2"
    >
      {ids.map((id) => (
        <Followed key={id} id={id} />
      ))}
    </section>
  )
}

function Followed({ id }: { readonly id: string }) {
  const { api, me } = signedInRoute.useRouteContext()
  const { data: made, error } = useQuery(exportOptions(api, id))
  const leave = () => unfollowExport(me.userId, id)
  // Of a database that was put back, say: nothing is to come.
  const isGone = error !== null && readFault(error).kind === 'not_found'
  // The browser's storage is the outside system.
  useEffect(() => {
    if (isGone) unfollowExport(me.userId, id)
  }, [isGone, me.userId, id])
  useDownloadOnce(made)
  if (!made) return null
  return (
    <div className="rounded-lg bg-surface py-2 pr-2 pl-4 text-sm shadow-overlay">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 py-1">
          {isExportOpen(made) ? <Running made={made} /> : <Ended made={made} onLeave={leave} />}
        </div>
        {!isExportOpen(made) && (
          <IconButton label="Dismiss" onClick={leave}>
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
    </div>
  )
}

function Running({ made }: { readonly made: PaymentExport }) {
  const cancel = useCancelExport()
  const progress = useNow((nowMs) => progressText(made, nowMs))
  return (
    <div className="flex flex-col gap-2 pr-2">
      <div className="flex items-baseline justify-between gap-2">
        <p className="font-medium">Exporting payments</p>
        <Button
          variant="ghost"
          pending={cancel.isPending}
          onClick={() => cancel.mutate({ id: made.id })}
        >
          Cancel
        </Button>
      </div>
      <ProgressBar of={made} label="Payments written" />
      <p className="text-muted tabular-nums">{progress}</p>
    </div>
  )
}

function Ended({ made, onLeave }: { readonly made: PaymentExport; readonly onLeave: () => void }) {
  const { file, difference } = made
  if (made.state === 'cancelled') return <p className="font-medium">The export was cancelled</p>
  if (made.state === 'failed' || file === null) {
    return (
      <>
        <p className="font-medium text-bad">The export failed</p>
        <p className="text-muted">{made.error}</p>
      </>
    )
  }
  return (
    <>
      <p className="font-medium">Your export is ready</p>
      <p className="text-muted tabular-nums">
        {paymentsText(made.rowsDone)} · {bytesText(file.bytes)}
        {difference && ` · ${differenceText(difference)} since the run before`}
      </p>
      <p className="mt-2 flex flex-wrap gap-2">
        <a href={`/exports/${made.id}`} download className={buttonClass({})}>
          Download
        </a>
        {difference && (
          <Link
            to="/exports/$exportId/changes"
            params={{ exportId: made.id }}
            onClick={onLeave}
            className={buttonClass({ variant: 'ghost' })}
          >
            What changed
          </Link>
        )}
        <Link to="/exports" onClick={onLeave} className={buttonClass({ variant: 'ghost' })}>
          All exports
        </Link>
      </p>
    </>
  )
}

/** For how long after its end the file is still waited for. */
const EXPECTED_MS = 5 * 60_000

/** Whoever saw it running gets the file without asking again. */
function useDownloadOnce(made: PaymentExport | undefined): void {
  const { id, state, finishedAt } = made ?? {}
  const link = useRef<HTMLAnchorElement | null>(null)
  // The browser's downloads are the outside system.
  useEffect(() => {
    if (state !== 'done' || id === undefined || !finishedAt) return
    // Whoever went away and comes back much later finds the link, and no file they do not expect.
    if (Date.now() - Date.parse(finishedAt) > EXPECTED_MS || !takeDownload(id)) return
    announce('Your export is ready and is being downloaded')
    link.current = document.createElement('a')
    link.current.href = `/exports/${id}`
    link.current.download = ''
    link.current.click()
  }, [state, id, finishedAt])
}
