import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { knownNetworks } from '@desk/shared/networks/networks'
import type { DestinationRow } from '@desk/shared/withdrawals/destination-view'
import type { PreviewRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type AttachmentChoice, choiceOf } from './attachment-choice.ts'
import { AttachmentField } from './attachment-field.tsx'
import { FormPreview } from './form-preview.tsx'
import { ReviewStep } from './review-step.tsx'
import {
  type Asked,
  type DraftFaults,
  readDraft,
  type WithdrawalDraft,
} from './withdrawal-draft.ts'

interface WithdrawalFormProps {
  readonly begun: WithdrawalDraft
  /** The request that is edited; null for a new one. */
  readonly editedId: string | null
  readonly attached: RequestCase['attachment']
  readonly onSubmit: (asked: Asked, then: 'submit' | 'keep', attachment: AttachmentChoice) => void
  readonly isSending: boolean
  readonly error: unknown
}

const NEW = 'new'

/** What is asked for, with what the policy and the address book say of it while it is written; then it is read back. */
export function WithdrawalForm({ begun, editedId, attached, ...sending }: WithdrawalFormProps) {
  const [draft, setDraft] = useState(begun)
  const [faults, setFaults] = useState<DraftFaults>({})
  const [attachment, setAttachment] = useState(() => choiceOf(attached))
  const [reviewed, setReviewed] = useState<Asked | null>(null)
  const book = useDestinations()
  const entry = book.find(({ id }) => id === draft.destinationId) ?? null
  const asked = readDraft(draft)
  const preview = usePreview('asked' in asked ? asked.asked : previewable(draft), editedId)
  const change = (part: Partial<WithdrawalDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setFaults({})
  }
  const review = (event: FormEvent) => {
    event.preventDefault()
    const read = readDraft(draft)
    setFaults('faults' in read ? read.faults : {})
    if ('asked' in read) setReviewed(read.asked)
  }
  if (reviewed !== null) {
    return (
      <ReviewStep
        asked={reviewed}
        entry={entry}
        preview={preview}
        attachment={attachment}
        {...sending}
        onSubmit={(content, then) => sending.onSubmit(content, then, attachment)}
        onBack={() => setReviewed(null)}
      />
    )
  }
  const isNew = draft.destinationId === '' && draft.network !== ''
  return (
    <form noValidate onSubmit={review} className="flex flex-col gap-5">
      <TextField
        label="Amount in US dollars"
        inputMode="decimal"
        autoComplete="off"
        value={draft.amount}
        onChange={(event) => change({ amount: event.target.value })}
        error={faults.amount}
        hint="From $1.00 to $1,000,000.00. SpacePay chooses the token."
      />
      <SelectField
        label="Destination"
        value={draft.destinationId === '' ? (isNew ? NEW : '') : draft.destinationId}
        hint={faults.destinationId ?? faults.network}
        onChange={({ target }) => {
          const chosen = book.find(({ id }) => id === target.value)
          change(
            chosen
              ? { destinationId: chosen.id, network: chosen.network, address: '', label: '' }
              : {
                  destinationId: '',
                  network: target.value === NEW ? (knownNetworks[0]?.id ?? '') : '',
                },
          )
        }}
      >
        <option value="">Choose from the address book</option>
        {book.map((one) => (
          <option key={one.id} value={one.id}>
            {destinationText(one)}
          </option>
        ))}
        <option value={NEW}>New address…</option>
      </SelectField>
      {isNew && <NewAddress draft={draft} faults={faults} onChange={change} />}
      <TextArea
        label="Reason"
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
        error={faults.reason}
        hint="Whoever approves it reads this, and so does the auditor: the invoice, its date, what for."
        maxLength={1_000}
      />
      <AttachmentField choice={attachment} onChange={setAttachment} />
      {preview !== null && <FormPreview preview={preview} />}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" size="lg">
          Review
        </Button>
      </div>
    </form>
  )
}

function NewAddress({ draft, faults, onChange }: NewAddressProps) {
  return (
    <fieldset className="flex flex-col gap-4 rounded-md border border-line px-4 py-4">
      <legend className="px-1 text-sm font-medium">New address</legend>
      <SelectField
        label="Network"
        value={draft.network}
        onChange={(event) => onChange({ network: event.target.value })}
      >
        {knownNetworks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Address"
        autoComplete="off"
        spellCheck={false}
        value={draft.address}
        onChange={(event) => onChange({ address: event.target.value })}
        error={faults.address}
        hint="It is proposed for the address book: a second person approves it, and it cools off before it is paid."
      />
      <TextField
        label="Label"
        autoComplete="off"
        maxLength={80}
        value={draft.label}
        onChange={(event) => onChange({ label: event.target.value })}
        error={faults.label}
        hint="Whose it is, such as Acme Supplies."
      />
    </fieldset>
  )
}

interface NewAddressProps {
  readonly draft: WithdrawalDraft
  readonly faults: DraftFaults
  readonly onChange: (part: Partial<WithdrawalDraft>) => void
}

function destinationText({ label, network, address, ...row }: DestinationRow): string {
  const name = knownNetworks.find(({ id }) => id === network)?.name ?? network
  const waits =
    row.state === 'proposed'
      ? ' (waits for approval)'
      : row.coolingOffUntil === null
        ? ''
        : ' (cools off)'
  return `${label} · ${name} · ${shortIdentifier(address)}${waits}`
}

/** Those that a request can name, by label. */
function useDestinations(): readonly DestinationRow[] {
  const { api } = signedInRoute.useRouteContext()
  const { data } = useQuery(api.destinations.page.queryOptions({}))
  return (data?.rows ?? []).filter(({ state }) => state === 'active' || state === 'proposed')
}

/** A destination alone has a passport to show already. */
function previewable(draft: WithdrawalDraft): Omit<Asked, 'reason'> | null {
  const read = readDraft({ ...draft, reason: 'none yet', label: draft.label || 'none yet' })
  return 'asked' in read ? read.asked : null
}

function usePreview(asked: Omit<Asked, 'reason'> | null, editedId: string | null) {
  const { api } = signedInRoute.useRouteContext()
  const input: PreviewRequestInput | null = asked && {
    amountCents: asked.amountCents,
    network: asked.network,
    destination:
      asked.destination.kind === 'book'
        ? asked.destination
        : { kind: 'new', address: asked.destination.address },
    ...(editedId !== null && { id: editedId }),
  }
  const { data } = useQuery(
    api.withdrawals.preview.queryOptions(input ?? skipToken, { placeholderData: keepPreviousData }),
  )
  return input === null ? null : (data ?? null)
}
