import { Download } from 'lucide-react'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { buttonClass } from '../ui/button.tsx'
import { bytesText } from '../ui/bytes-text.ts'

interface AttachmentViewProps {
  readonly requestId: string
  readonly attachment: NonNullable<RequestCase['attachment']>
}

/** The document that is approved with the request, and what proves that it is this one. */
export function AttachmentView({ requestId, attachment }: AttachmentViewProps) {
  const { name, byteLength, sha256 } = attachment
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
          <bdi className="font-medium">{name}</bdi>{' '}
          <span className="text-faint">{bytesText(byteLength)}</span>
        </span>
        <a href={`/attachments/${requestId}`} download={name} className={buttonClass({})}>
          <Download aria-hidden className="size-4" />
          Open attachment
        </a>
      </div>
      <p className="mt-1.5 text-xs wrap-anywhere text-muted">
        SHA-256 <code>{sha256}</code>
      </p>
    </>
  )
}
