import { CheckCheck, CornerUpLeft, UserRoundPlus } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { assignedText } from '@desk/shared/attention/assignee'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import { driftKindText } from '@desk/shared/drift/drift'
import { attentionKindText } from '@desk/shared/attention/attention-kind'
import type { PaymentId } from '@desk/shared/payments/payment'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Flag } from '../ui/badge.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { tip } from '../ui/tooltip.tsx'
import { kindTone } from './attention-words.ts'

const HandOverDialog = lazy(async () => ({
  default: (await import('./hand-over-dialog.tsx')).HandOverDialog,
}))
const HandBackDialog = lazy(async () => ({
  default: (await import('./hand-back-dialog.tsx')).HandBackDialog,
}))
const ResolveDialog = lazy(async () => ({
  default: (await import('./resolve-dialog.tsx')).ResolveDialog,
}))

/** What is open on the payment, with whom it is, and what can be done about that. */
export function PaymentItems({ paymentId, items }: PaymentItemsProps) {
  const { me } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('attention:write')
  const [asked, setAsked] = useState<'over' | 'back' | 'resolve' | null>(null)
  const close = () => setAsked(null)
  const open = items.filter(({ state }) => state === 'open')
  const handOver = open.find(({ kind }) => kind === 'handed_over')
  const giver = handOver?.assignedBy ?? null
  return (
    <div className="flex flex-col gap-3">
      {open.length > 0 && (
        <ul aria-label="Needs attention" className="flex flex-col gap-2">
          {open.map((item) => (
            <li key={item.id} className="flex flex-col gap-0.5 text-sm">
              <OpenItem item={item} />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <GuardedButton block={block} onClick={() => setAsked('over')}>
          <Icon of={UserRoundPlus} />
          {handOver ? 'Hand on' : 'Hand over'}
        </GuardedButton>
        {handOver && giver && (
          <GuardedButton
            block={block ?? (giver.id === me.userId ? 'You handed it over yourself.' : null)}
            onClick={() => setAsked('back')}
          >
            <Icon of={CornerUpLeft} />
            Hand back
          </GuardedButton>
        )}
        {open.length > 0 && (
          <GuardedButton block={block} onClick={() => setAsked('resolve')}>
            <Icon of={CheckCheck} />
            Resolve
          </GuardedButton>
        )}
      </div>
      <Suspense>
        {asked === 'over' && (
          <HandOverDialog
            paymentIds={[paymentId]}
            held={handOver?.assigned ?? null}
            onClose={close}
          />
        )}
        {asked === 'back' && giver && (
          <HandBackDialog paymentId={paymentId} giver={giver} onClose={close} />
        )}
        {asked === 'resolve' && open.length > 0 && (
          <ResolveDialog items={open} onClose={close} onDone={close} />
        )}
      </Suspense>
    </div>
  )
}

interface PaymentItemsProps {
  readonly paymentId: PaymentId
  readonly items: readonly AttentionItem[]
}

function OpenItem({ item }: { readonly item: AttentionItem }) {
  const { kind, stakeCents, assigned, assignedBy, assignedBecause, dueAt } = item
  const { label, stake } = attentionKindText[kind]
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Flag tone={kindTone[kind]}>{label}</Flag>
        <span>
          with <span className="font-medium">{assignedText(assigned)}</span>
        </span>
        {stakeCents !== null && kind !== 'handed_over' && (
          <Detail>
            <span {...tip(`At stake: ${stake}`)}>
              <Amount cents={stakeCents} currency={item.payment.currency} /> at stake
            </span>
          </Detail>
        )}
        <Detail>
          since <Moment at={item.openedAt} />
        </Detail>
        {dueAt !== null && (
          <Detail>
            due <Moment at={dueAt} />
          </Detail>
        )}
      </span>
      {item.driftKinds.length > 0 && (
        <span className="text-muted">
          {item.driftKinds.map((kind) => driftKindText[kind]).join(' · ')}
        </span>
      )}
      {assignedBecause !== null && (
        <span className="break-words">
          {assignedBy && <span className="text-muted">{assignedBy.name}: </span>}
          {assignedBecause}
        </span>
      )}
    </>
  )
}

function Detail({ children }: { readonly children: ReactNode }) {
  return <span className="text-muted">· {children}</span>
}

function Icon({ of: Drawn }: { readonly of: typeof CheckCheck }) {
  return <Drawn aria-hidden className="size-4" strokeWidth={1.7} />
}
