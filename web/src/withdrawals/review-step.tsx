import { networkName } from '@desk/shared/networks/networks'
import type { DestinationRow } from '@desk/shared/withdrawals/destination-view'
import type { RequestPreview } from '@desk/shared/withdrawals/request-preview'
import { FaultLine } from '../app/fault-line.tsx'
import { Button } from '../ui/button.tsx'
import { bytesText } from '../ui/bytes-text.ts'
import { moneyText } from '../ui/money-text.ts'
import type { AttachmentChoice } from './attachment-choice.ts'
import { DestinationAddress } from './destination-address.tsx'
import { FormPreview } from './form-preview.tsx'
import type { Asked } from './withdrawal-draft.ts'

interface ReviewStepProps {
  readonly asked: Asked
  readonly entry: DestinationRow | null
  readonly preview: RequestPreview | null
  readonly attachment: AttachmentChoice
  readonly onBack: () => void
  readonly onSubmit: (asked: Asked, then: 'submit' | 'keep') => void
  readonly isSending: boolean
  readonly error: unknown
}

/** Reads everything back once more; the one confirmation is here. */
export function ReviewStep({
  asked,
  entry,
  preview,
  attachment,
  onBack,
  ...sending
}: ReviewStepProps) {
  const { onSubmit, isSending, error } = sending
  const { destination } = asked
  const address = destination.kind === 'new' ? destination.address : (entry?.address ?? '')
  const label = destination.kind === 'new' ? destination.label : (entry?.label ?? '')
  return (
    <section aria-label="Review" className="flex flex-col gap-4">
      <p className="text-lg">
        Send <strong className="font-semibold">{moneyText(asked.amountCents)}</strong> on{' '}
        <strong className="font-semibold">{networkName(asked.network)}</strong> to{' '}
        <strong className="font-semibold">{label}</strong>.
      </p>
      <div className="rounded-md border border-line px-4 py-3">
        <DestinationAddress
          address={address}
          differsAt={preview?.passport?.lookAlike?.differsAt ?? []}
        />
      </div>
      <p className="text-sm wrap-anywhere whitespace-pre-wrap">
        <span className="text-faint">Reason: </span>
        {asked.reason}
      </p>
      {attachment.kind !== 'none' && (
        <p className="text-sm wrap-anywhere">
          <span className="text-faint">Attachment: </span>
          <bdi>{attachment.name}</bdi>, {bytesText(attachment.byteLength)}
        </p>
      )}
      {preview !== null && <FormPreview preview={preview} />}
      <p className="text-sm text-muted">
        Nothing is sent by this: others approve it first, and its fingerprint is shown to you and to
        them.
      </p>
      <FaultLine error={error} />
      <div className="flex flex-wrap justify-end gap-2 max-md:*:flex-1">
        <Button size="lg" onClick={onBack}>
          Back
        </Button>
        <Button size="lg" pending={isSending} onClick={() => onSubmit(asked, 'keep')}>
          Keep as a draft
        </Button>
        <Button
          size="lg"
          variant="primary"
          pending={isSending}
          onClick={() => onSubmit(asked, 'submit')}
        >
          Ask for approval
        </Button>
      </div>
    </section>
  )
}
