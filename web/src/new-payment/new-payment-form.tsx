import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { readFault } from '../app/fault.ts'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { keepDraft } from './kept-draft.ts'
import { MetadataFields } from './metadata-fields.tsx'
import { type DraftFaults, type PaymentDraft, readDraft } from './payment-draft.ts'
import { TypeChoice } from './type-choice.tsx'

/** The form, with what stood in it before. What was sent without a clear answer can only be sent again as it was. */
export function NewPaymentForm({ begun }: { readonly begun: PaymentDraft }) {
  const { api } = signedInRoute.useRouteContext()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(begun)
  const [faults, setFaults] = useState<DraftFaults>({})
  const create = useMutation(
    api.payments.create.mutationOptions({
      onSuccess: async ({ paymentId }) => {
        keepDraft(null)
        // The old payment has a follower now.
        await queries.invalidateQueries(api.payments.kin.queryFilter())
        await navigate({ to: '/payments/new', search: { made: paymentId }, replace: true })
      },
    }),
  )
  useEffect(() => keepDraft(draft), [draft])
  const isUnclear = create.isError && !isRefusal(create.error)

  const change = (part: Partial<PaymentDraft>) => {
    // Something else is another payment: what was refused may be sent anew.
    setDraft((before) => ({ ...before, ...part, attempt: crypto.randomUUID() }))
    setFaults({})
    if (create.isError) create.reset()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (create.isPending) return
    const read = readDraft(draft)
    setFaults('faults' in read ? read.faults : {})
    if ('input' in read) create.mutate(read.input)
  }
  const refusedField = create.isError ? fieldRefused(create.error) : null
  const faultOf = (field: keyof DraftFaults) =>
    faults[field] ?? (refusedField === field ? readFault(create.error).message : undefined)
  const isDeposit = draft.type === 'deposit'

  return (
    <form noValidate onSubmit={send} className="flex flex-col gap-5">
      <fieldset disabled={isUnclear || create.isPending} className="flex flex-col gap-5">
        <TypeChoice type={draft.type} onChange={(type) => change({ type })} />
        {!isDeposit && (
          <TextField
            label="Amount in US dollars"
            inputMode="decimal"
            autoComplete="off"
            value={draft.amount}
            onChange={(event) => change({ amount: event.target.value })}
            error={faultOf('amountCents')}
          />
        )}
        <TextField
          label="Order id"
          autoComplete="off"
          maxLength={255}
          value={draft.orderId}
          onChange={(event) => change({ orderId: event.target.value })}
          hint="As your shop knows it. SpacePay takes the same order id more than once."
          error={faultOf('orderId')}
        />
        {isDeposit && (
          <TextField
            label="Customer reference (optional)"
            autoComplete="off"
            maxLength={255}
            value={draft.customerRefId}
            onChange={(event) => change({ customerRefId: event.target.value })}
            hint="Later deposits of the same customer use the same address."
            error={faultOf('customerRefId')}
          />
        )}
        <TextField
          label="Return address (optional)"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          maxLength={2_048}
          value={draft.redirectUrl}
          onChange={(event) => change({ redirectUrl: event.target.value })}
          hint="Where the customer goes after paying."
          error={faultOf('redirectUrl')}
        />
        <MetadataFields
          metadata={draft.metadata}
          onChange={(metadata) => change({ metadata })}
          error={faultOf('metadata')}
        />
      </fieldset>
      {refusedField === null && <FaultLine error={create.error} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Link
          to="/payments"
          onClick={() => keepDraft(null)}
          className="rounded-md px-3 py-1.5 text-sm text-muted hover:text-text"
        >
          Cancel
        </Link>
        <Button type="submit" variant="primary" pending={create.isPending}>
          {isUnclear ? 'Send again' : isDeposit ? 'Create deposit' : 'Create payment'}
        </Button>
      </div>
    </form>
  )
}

/** SpacePay said no for good: nothing was made. */
function isRefusal(error: unknown): boolean {
  const { refusal, kind } = readFault(error)
  return (
    refusal?.startsWith('payment_refused') === true || kind === 'forbidden' || kind === 'cancelled'
  )
}

/** The field that SpacePay would not take; null when it named none. */
function fieldRefused(error: unknown): string | null {
  return /^payment_refused\.(.+)$/.exec(readFault(error).refusal ?? '')?.[1] ?? null
}
