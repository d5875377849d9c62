import { Plus, X } from 'lucide-react'
import { METADATA_CHARACTERS_MAX, metadataText } from '@desk/shared/payments/new-payment'
import { Button, IconButton } from '../ui/button.tsx'
import type { PaymentDraft } from './payment-draft.ts'

type Metadata = PaymentDraft['metadata']

/** Names and values that SpacePay keeps with the payment and tells the shop. */
export function MetadataFields({ metadata, onChange, error }: MetadataFieldsProps) {
  const used = metadataText(metadata)?.length ?? 0
  const put = (index: number, part: Partial<Metadata[number]>) =>
    onChange(metadata.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Metadata (optional)</legend>
      <div className="flex flex-col gap-2">
        {metadata.map(({ id, key, value }, index) => (
          <div key={id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
            <input
              aria-label={`Name ${index + 1}`}
              value={key}
              maxLength={255}
              onChange={(event) => put(index, { key: event.target.value })}
              className={inputClass}
            />
            <input
              aria-label={`Value ${index + 1}`}
              value={value}
              maxLength={2_048}
              onChange={(event) => put(index, { value: event.target.value })}
              className={inputClass}
            />
            <IconButton
              label={`Remove ${key === '' ? `row ${index + 1}` : key}`}
              onClick={() => onChange(metadata.filter((_, at) => at !== index))}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </div>
        ))}
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <Button
          onClick={() => onChange([...metadata, { id: crypto.randomUUID(), key: '', value: '' }])}
        >
          <Plus aria-hidden className="size-4" />
          Add a value
        </Button>
        {used > 0 && (
          <p
            className={`text-xs tabular-nums ${used > METADATA_CHARACTERS_MAX ? 'text-bad' : 'text-faint'}`}
          >
            {used} of {METADATA_CHARACTERS_MAX} characters
          </p>
        )}
      </div>
      {error !== undefined && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}

const inputClass =
  'h-10 min-w-0 rounded-md border border-line-strong bg-surface px-3 text-sm outline-none focus:border-focus focus:ring-3 focus:ring-focus/25 max-md:text-lg'

interface MetadataFieldsProps {
  readonly metadata: Metadata
  readonly onChange: (metadata: Metadata) => void
  readonly error: string | undefined
}
