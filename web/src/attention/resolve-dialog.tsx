import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AttentionItem, givenReason } from '@desk/shared/attention/attention-item'
import { attentionKinds, attentionKindText } from '@desk/shared/attention/attention-kind'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { countText } from '../ui/readers-locale.ts'
import { TextArea } from '../ui/text-area.tsx'
import { itemsText } from './attention-words.ts'

/** Says what would be resolved, how much of what and what is at stake, and asks why. */
export function ResolveDialog({ items, onClose, onDone }: ResolveDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [fault, setFault] = useState<string>()
  const resolve = useMutation(
    api.attention.resolve.mutationOptions({
      onSuccess: ({ resolved, wasResolved }) => {
        const rest =
          wasResolved > 0 ? `, ${countText(wasResolved)} had been resolved by others` : ''
        announce(`Resolved ${itemsText(countText(resolved), resolved === 1)}${rest}`)
        onDone()
      },
      onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
    }),
  )
  const [first] = items
  const isOne = items.length === 1
  const name = first?.payment.orderId ?? first?.payment.id ?? ''
  const counted = itemsText(countText(items.length), isOne)
  return (
    <Dialog
      title={
        isOne && first
          ? `Resolve “${attentionKindText[first.kind].label.toLowerCase()}” of ${name}?`
          : `Resolve ${counted}?`
      }
      description="They leave the queue, and come back by themselves should the payment change."
      onClose={onClose}
      onSubmit={(form) => {
        const reason = givenReason.safeParse(textIn(form, 'reason'))
        setFault(reason.success ? undefined : 'Say why in at most 500 characters.')
        if (reason.success) {
          resolve.mutate({ items: items.map(({ id }) => id), reason: reason.data })
        }
      }}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={resolve.isPending}>
            Resolve {counted}
          </Button>
        </>
      }
    >
      <Counted items={items} />
      <TextArea
        label="Reason"
        name="reason"
        maxLength={500}
        hint="Colleagues read it on the payment and in the audit log."
        error={fault}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing the dialog asks for
        autoFocus
      />
      <FaultLine error={resolve.error} />
    </Dialog>
  )
}

interface ResolveDialogProps {
  readonly items: readonly AttentionItem[]
  readonly onClose: () => void
  /** After they were resolved. */
  readonly onDone: () => void
}

function Counted({ items }: { readonly items: readonly AttentionItem[] }) {
  const unknown = items.filter(({ stakeCents }) => stakeCents === null).length
  return (
    <dl className="flex flex-col gap-1">
      {attentionKinds.map((kind) => {
        const those = items.filter((item) => item.kind === kind)
        if (those.length === 0) return null
        const cents = those.reduce((sum, { stakeCents }) => sum + (stakeCents ?? 0), 0)
        return (
          <div key={kind} className="flex gap-3">
            <dt className="flex-1">
              {countText(those.length)} {attentionKindText[kind].label.toLowerCase()}
            </dt>
            <dd>
              <Amount cents={cents} />
            </dd>
          </div>
        )
      })}
      <div className="flex gap-3 border-t border-line pt-1 font-medium">
        <dt className="flex-1">At stake in all</dt>
        <dd>
          <Amount cents={items.reduce((sum, { stakeCents }) => sum + (stakeCents ?? 0), 0)} />
          {unknown > 0 && <span className="font-normal text-muted"> and {unknown} unknown</span>}
        </dd>
      </div>
    </dl>
  )
}
