import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Assigned,
  type Assignee,
  assignableRoles,
  type Colleague,
} from '@desk/shared/attention/assignee'
import { type AssignInput, givenReason } from '@desk/shared/attention/attention-item'
import { NOTE_CHARACTERS_MAX, noteText } from '@desk/shared/attention/payment-note'
import { type Role, roleText } from '@desk/shared/identity/roles'
import type { PaymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { SelectField } from '../ui/select-field.tsx'
import { TextArea } from '../ui/text-area.tsx'

/** Asks to whom, why and until when; the likeliest role is chosen already, so that two clicks do. */
export function HandOverDialog({ paymentIds, held, onClose, onDone }: HandOverDialogProps) {
  const { api, me } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const colleagues = useQuery(api.attention.colleagues.queryOptions())
  const people = colleagues.data ?? []
  const [chosen, setChosen] = useState(() => `role:${likeliest(me.roles, held)}`)
  const [fault, setFault] = useState<string>()
  const to = assigneeOf(chosen, people)
  const name = nameOf(to, people)
  const isSeveral = paymentIds.length > 1
  const assign = useMutation(api.attention.assign.mutationOptions())
  const [left, setLeft] = useState(paymentIds)
  const handOver = useMutation({
    mutationFn: async (input: Omit<AssignInput, 'id'>) => {
      const outcomes = await Promise.allSettled(
        left.map((id) => assign.mutateAsync({ ...input, id })),
      )
      // What was handed over already is not handed over again.
      setLeft(left.filter((_, at) => outcomes[at]?.status === 'rejected'))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    },
    onSuccess: () => {
      announce(`Handed over to ${name}`)
      onDone?.()
      onClose()
    },
    onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
  })
  const send = (form: FormData) => {
    const reason = givenReason.safeParse(textIn(form, 'reason'))
    setFault(reason.success ? undefined : 'Say why in at most 500 characters.')
    if (!reason.success) return
    const note = noteText.safeParse(textIn(form, 'note'))
    handOver.mutate({
      to,
      reason: reason.data,
      dueAt: dueAt(textIn(form, 'due')),
      note: note.success ? note.data : null,
    })
  }
  return (
    <Dialog
      title={held ? 'Hand on' : isSeveral ? `Hand over ${paymentIds.length} payments` : 'Hand over'}
      description={`${isSeveral ? 'They appear' : 'It appears'} in their list at once, with your reason.`}
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={handOver.isPending}>
            <span className="max-w-56 truncate">Hand over to {name}</span>
          </Button>
        </>
      }
    >
      <TextArea
        label="Reason"
        name="reason"
        maxLength={500}
        error={fault}
        placeholder="What should they do?"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing that cannot be guessed
        autoFocus
      />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="To"
          name="to"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          <optgroup label="Everybody in">
            {assignableRoles.map((role) => (
              <option key={role} value={`role:${role}`}>
                {roleText[role].label}
              </option>
            ))}
          </optgroup>
          {people.length > 0 && (
            <optgroup label="One person">
              {people.map(({ id, name: one }) => (
                <option key={id} value={`person:${id}`}>
                  {id === me.userId ? `${one} (me)` : one}
                </option>
              ))}
            </optgroup>
          )}
        </SelectField>
        <SelectField label="Due" name="due" defaultValue="">
          {dues.map(({ hours, label }) => (
            <option key={label} value={hours ?? ''}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <TextArea
        label="Note"
        name="note"
        maxLength={NOTE_CHARACTERS_MAX}
        hint={`If you like: stays on ${isSeveral ? 'each payment' : 'the payment'} for everybody who opens it.`}
      />
      {colleagues.isError && (
        <p className="text-xs text-faint">
          Your colleagues could not be read; roles are all there.
        </p>
      )}
      {isSeveral && handOver.isError && (
        <p className="text-sm">
          {paymentIds.length - left.length} of {paymentIds.length} are handed over. The others are
          tried again with the same button.
        </p>
      )}
      <FaultLine error={handOver.error} />
    </Dialog>
  )
}

interface HandOverDialogProps {
  /** One or several, which all go to the same for the same reason. */
  readonly paymentIds: readonly PaymentId[]
  /** With whom it is now; null while nobody has it. */
  readonly held: Assigned | null
  readonly onClose: () => void
  readonly onDone?: () => void
}

const dues = [
  { hours: null, label: 'No due time' },
  { hours: 1, label: 'In 1 hour' },
  { hours: 4, label: 'In 4 hours' },
  { hours: 24, label: 'In a day' },
  { hours: 72, label: 'In 3 days' },
  { hours: 168, label: 'In a week' },
] as const

function dueAt(hours: string): string | null {
  return hours === '' ? null : new Date(Date.now() + Number(hours) * 3_600_000).toISOString()
}

/** Support hands to finance, finance to support, and nobody to where it is already. */
function likeliest(mine: readonly Role[], held: Assigned | null): Role {
  const order: readonly Role[] = ['finance', 'support', 'admin', 'approver']
  return (
    order.find((role) => !mine.includes(role) && role !== held?.role) ??
    order.find((role) => role !== held?.role) ??
    'finance'
  )
}

function assigneeOf(value: string, people: readonly Colleague[]): Assignee {
  const person = people.find(({ id }) => value === `person:${id}`)
  if (person) return { kind: 'person', userId: person.id }
  const role = assignableRoles.find((one) => value === `role:${one}`) ?? 'finance'
  return { kind: 'role', role }
}

function nameOf(to: Assignee, people: readonly Colleague[]): string {
  if (to.kind === 'role') return roleText[to.role].label
  return people.find(({ id }) => id === to.userId)?.name ?? 'them'
}
