import { type Assigned, type Assignee, assignedText } from '@desk/shared/attention/assignee'
import type { AssignInput } from '@desk/shared/attention/attention-item'
import type { PaymentId } from '@desk/shared/payments/payment'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { AttentionCall } from './attention-call.ts'
import { insertEvents } from './attention-events.queries.ts'
import { holdColleague } from './colleagues.queries.ts'
import {
  type LockedHandOver,
  lockHandOver,
  lockOrMakeHandOver,
  setAssignment,
} from './hand-over.queries.ts'
import { type KnownPayment, knownPayment, subjectOf } from './known-payment.ts'
import { insertNote } from './notes.queries.ts'

/**
 * Hands a payment to a person or a role, or on to another one, with a note where one is given. Refuses with
 * `payment_unknown`, `assignee_unknown` (gone, or only reads) and `due_past`.
 */
export async function assignPayment(call: AttentionCall, input: AssignInput): Promise<void> {
  const { db, actor, by } = call
  await db.transaction().execute(async (trx) => {
    const payment = await knownPayment(trx, input.id)
    const dueAt = input.dueAt === null ? null : new Date(input.dueAt)
    if (dueAt !== null && dueAt <= by.at) {
      throw new Refusal('invalid', 'due_past', 'The due time is over already. Choose a later one.')
    }
    const person = await personOf(trx, input.to)
    const handOver = await lockOrMakeHandOver(trx, payment, by.at)
    const role = input.to.kind === 'role' ? input.to.role : queueKept(handOver, person)
    const assigned: Assigned = { role, person: person && { id: person.id, name: person.name } }
    await give(trx, call, {
      what: 'assigned',
      payment,
      handOver,
      assigned,
      reason: input.reason,
      dueAt,
    })
    const noteId =
      input.note === null
        ? null
        : await insertNote(trx, {
            paymentId: input.id,
            authorId: actor.userId,
            text: input.note,
            at: by.at,
          })
    await recordAudit(trx, by, {
      action: 'payment.assign',
      reason: input.reason,
      subject: subjectOf(payment),
      before: { to: toBefore(handOver) },
      after: {
        to: assignedText(assigned),
        dueAt: input.dueAt,
        ...(noteId !== null && { noteId, note: input.note }),
      },
    })
  })
}

/**
 * Gives a payment back to whoever handed it over. Refuses with `payment_unknown`, `not_handed_over`, and
 * `giver_gone` where they are not here any more or it is the same person.
 */
export async function handBack(
  call: AttentionCall,
  { id, reason }: { readonly id: PaymentId; readonly reason: string },
): Promise<void> {
  const { db, actor, by } = call
  await db.transaction().execute(async (trx) => {
    const payment = await knownPayment(trx, id)
    const handOver = await lockHandOver(trx, id)
    if (!handOver || handOver.state === 'resolved') {
      const message = 'Nobody has this payment: it was resolved meanwhile.'
      throw new Refusal('conflict', 'not_handed_over', message)
    }
    const { giver } = handOver
    if (giver?.id === actor.userId) {
      const message = 'You handed it over yourself. Hand it to somebody else instead.'
      throw new Refusal('conflict', 'giver_gone', message)
    }
    const person = giver && (await holdColleague(trx, giver.id))
    if (!person) {
      const who = giver?.name ?? 'Whoever handed it over'
      const message = `${who} is not here any more. Hand it to somebody else instead.`
      throw new Refusal('conflict', 'giver_gone', message)
    }
    const assigned: Assigned = { role: null, person: { id: person.id, name: person.name } }
    await give(trx, call, { what: 'handed_back', payment, handOver, assigned, reason, dueAt: null })
    await recordAudit(trx, by, {
      action: 'payment.hand_back',
      reason,
      subject: subjectOf(payment),
      before: { to: toBefore(handOver) },
      after: { to: assignedText(assigned) },
    })
  })
}

interface Giving {
  readonly what: 'assigned' | 'handed_back'
  readonly payment: KnownPayment
  readonly handOver: LockedHandOver
  readonly assigned: Assigned
  readonly reason: string
  readonly dueAt: Date | null
}

async function give(trx: Trx, { actor, by }: AttentionCall, giving: Giving): Promise<void> {
  const { what, payment, handOver, assigned, reason, dueAt } = giving
  await setAssignment(trx, handOver, {
    role: assigned.role,
    personId: assigned.person?.id ?? null,
    by: actor.userId,
    because: reason,
    at: by.at,
    dueAt,
    stakeCents: payment.amountCents,
  })
  await insertEvents(trx, [
    {
      item_id: handOver.id,
      what,
      at: by.at,
      actor_id: actor.userId,
      assignee_role: assigned.role,
      assignee_id: assigned.person?.id ?? null,
      due_at: dueAt,
      reason,
    },
  ])
  await publish(trx, { kind: 'attention.changed', paymentId: payment.id })
}

async function personOf(trx: Trx, to: Assignee) {
  if (to.kind === 'role') return null
  const person = await holdColleague(trx, to.userId)
  if (person) return person
  const message = 'They are not here any more, or their roles only read. Choose somebody else.'
  throw new Refusal('conflict', 'assignee_unknown', message)
}

/** One of a role who takes what waits for it leaves it in that role's queue, where it falls back to should they leave. */
function queueKept(
  { state, assigned }: LockedHandOver,
  person: Awaited<ReturnType<typeof personOf>>,
): Assigned['role'] {
  const isInTheirs = state === 'open' && person?.roles.some((held) => held === assigned.role)
  return isInTheirs ? assigned.role : null
}

function toBefore({ state, assigned }: LockedHandOver): string | null {
  return state === 'open' ? assignedText(assigned) : null
}
