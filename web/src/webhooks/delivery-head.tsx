import { Link } from '@tanstack/react-router'
import { FileCheck2, Maximize2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import { usePermissionBlock } from '../app/permission.ts'
import { Badge, Flag } from '../ui/badge.tsx'
import { buttonClass } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment, PreciseText } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { ReprocessButton } from './reprocess-button.tsx'
import { isRefused, rowText, stateWords, verdictWords } from './webhook-words.ts'

const EvidenceDialog = lazy(async () => ({
  default: (await import('./evidence-dialog.tsx')).EvidenceDialog,
}))

/** What it is, what became of it, and what can be done with it. */
export function DeliveryHead({ delivery, place }: DeliveryHeadProps) {
  const [isExporting, setExporting] = useState(false)
  const exportBlock = usePermissionBlock('webhooks:export')
  const { word, tone, about, todo } = verdictWords[delivery.verdict]
  const isForeign = isRefused(delivery)
  return (
    <header className="px-5 pt-4 pb-4">
      <div className="flex min-h-8 flex-wrap items-center gap-2 pr-10 text-sm text-muted">
        <span className="tabular-nums">
          {isForeign ? `Refused ${delivery.id.slice(1)}` : `Webhook ${delivery.id}`}
        </span>
        <Badge tone={tone}>{word}</Badge>
        {delivery.state !== 'none' && (
          <Badge tone={stateWords[delivery.state].tone}>{stateWords[delivery.state].word}</Badge>
        )}
        {delivery.isConflicting && <Flag tone="warn">id used twice</Flag>}
      </div>
      <h2 className="mt-2 text-lg font-semibold break-words">{rowText(delivery)}</h2>
      <p className="mt-1 text-sm text-muted">
        <PreciseText at={delivery.receivedAt} /> · <Moment at={delivery.receivedAt} />
      </p>
      <p className="mt-1 max-w-[72ch] text-sm text-muted">{about}</p>
      {todo !== null && (
        <div className="mt-3">
          <Notice tone={tone}>{todo}</Notice>
        </div>
      )}
      {delivery.state === 'parked' && delivery.problem !== null && (
        <div className="mt-3">
          <Notice tone="bad">
            <p className="font-medium">Set aside: trying again by itself would not help.</p>
            <p className="break-words">{delivery.problem}</p>
          </Notice>
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {!isForeign && <ReprocessButton delivery={delivery} />}
        {!isForeign && (
          <GuardedButton
            block={
              exportBlock ??
              (delivery.content === null ? 'Its bytes were deleted when their time was up.' : null)
            }
            onClick={() => setExporting(true)}
          >
            <FileCheck2 aria-hidden className="size-4" strokeWidth={1.7} />
            Export evidence
          </GuardedButton>
        )}
        {delivery.paymentId !== null && (
          <Link
            to="/payments/$paymentId"
            params={{ paymentId: delivery.paymentId }}
            className={buttonClass({})}
          >
            Open the payment
          </Link>
        )}
        {place === 'drawer' && (
          <Link
            to="/webhooks/$deliveryId"
            params={{ deliveryId: delivery.id }}
            className={buttonClass({ variant: 'ghost' })}
          >
            <Maximize2 aria-hidden className="size-4" strokeWidth={1.7} />
            Full page
          </Link>
        )}
      </div>
      {isExporting && (
        <Suspense>
          <EvidenceDialog id={delivery.id} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </header>
  )
}

interface DeliveryHeadProps {
  readonly delivery: DeliveryDetail
  readonly place: 'drawer' | 'page'
}
