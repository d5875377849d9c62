import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reprocessing } from '@desk/shared/webhooks/reprocessing'
import { FaultLine } from '../app/fault-line.tsx'
import { useLiveEvent } from '../app/live.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { useNow } from '../ui/now.ts'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { reprocessingOptions } from './webhook-queries.ts'

/** For so long after its end a run still says how it ended. */
const SHOWN_AFTER_MS = 5 * 60_000

/** How far the run over many deliveries is; there after a reload, on every screen and for everybody. */
export function ReprocessingStrip() {
  const { api } = signedInRoute.useRouteContext()
  const { data: run, refetch } = useQuery(reprocessingOptions(api))
  const [dismissed, setDismissed] = useState<string | null>(null)
  useLiveEvent(({ kind }) => {
    if (kind === 'webhooks.changed' && run?.state !== 'running')
      void refetch({ cancelRefetch: false })
  })
  const isShown = useNow((nowMs) => isWorthShowing(run, nowMs))
  if (!run || !isShown || dismissed === run.id) return null
  return (
    <div className="mb-3">
      <Notice tone={run.state === 'running' ? 'wait' : run.parked > 0 ? 'warn' : 'ok'}>
        {run.state === 'running' ? (
          <Running run={run} />
        ) : (
          <Ended run={run} onDismiss={() => setDismissed(run.id)} />
        )}
      </Notice>
    </div>
  )
}

function isWorthShowing(run: Reprocessing | null | undefined, nowMs: number): boolean {
  if (!run) return false
  return run.finishedAt === null || nowMs - Date.parse(run.finishedAt) < SHOWN_AFTER_MS
}

function Running({ run }: { readonly run: Reprocessing }) {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('webhooks:reprocess')
  const cancel = useMutation(api.webhooks.cancelReprocessing.mutationOptions())
  const done = run.processed + run.parked
  const perSecond = useNow((nowMs) =>
    Math.round(done / Math.max(1, (nowMs - Date.parse(run.askedAt)) / 1000)),
  )
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">
          Processing again: {countText(done)} of {countText(run.total)}
          {run.parked > 0 && <>, {countText(run.parked)} set aside</>}
        </p>
        <progress
          aria-label="Deliveries processed again"
          value={done}
          max={run.total}
          className="mt-1 h-1.5 w-full accent-accent"
        />
        <p className="text-xs text-muted">
          {perSecond > 0 && <>{countText(perSecond)} a second · </>}
          asked for by {run.askedBy} <Moment at={run.askedAt} />
        </p>
      </div>
      <GuardedButton
        block={block}
        pending={cancel.isPending}
        onClick={() => cancel.mutate({ id: run.id })}
      >
        Stop
      </GuardedButton>
      <FaultLine error={cancel.error} />
    </div>
  )
}

function Ended({ run, onDismiss }: { readonly run: Reprocessing; readonly onDismiss: () => void }) {
  const isCancelled = run.state === 'cancelled'
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="min-w-0 flex-1 basis-64">
        <span className="font-medium">
          {isCancelled
            ? `Stopped after ${countText(run.given)} of ${countText(run.total)}`
            : `${countText(run.processed)} of ${countText(run.total)} processed again`}
        </span>
        {run.parked > 0 && <> · {countText(run.parked)} set aside again, with an error</>}
        {run.finishedAt !== null && (
          <span className="text-muted">
            {' · '}
            <Moment at={run.finishedAt} />
          </span>
        )}
      </p>
      <Button variant="ghost" onClick={onDismiss}>
        Dismiss
      </Button>
    </div>
  )
}
