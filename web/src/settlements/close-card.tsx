import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { closeBlock, doesBlock, type MonthCheck } from '@desk/shared/settlements/month-checks'
import type { SettlementMonthDetail } from '@desk/shared/settlements/settlement-month'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { monthName } from './settlements-address.ts'

/** What has to be so before a month is closed, how it stands, and the button that closes it. */
export function CloseCard({ detail }: { readonly detail: SettlementMonthDetail }) {
  const [isAsking, setAsking] = useState(false)
  const permission = usePermissionBlock('settlements:close')
  const { checks } = detail
  const block = permission ?? closeBlock(checks, 'a note')
  return (
    <Card
      title="Before it is closed"
      about="What blocks has to be put right; what only warns asks for a note."
      action={
        <GuardedButton variant="primary" block={block} onClick={() => setAsking(true)}>
          Close month…
        </GuardedButton>
      }
    >
      <ul aria-label="Checklist" className="flex flex-col gap-2 text-sm">
        {checks.map((check) => (
          <CheckLine key={check.kind} check={check} />
        ))}
      </ul>
      {isAsking && <CloseDialog detail={detail} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function CheckLine({ check: { kind, isMet, finding } }: { readonly check: MonthCheck }) {
  const [Icon, tone, word] = isMet
    ? ([CircleCheck, 'text-ok', 'Met'] as const)
    : doesBlock(kind)
      ? ([CircleX, 'text-bad', 'Blocks'] as const)
      : ([TriangleAlert, 'text-warn', 'Warns'] as const)
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 flex-none ${tone}`} />
      <span className={`w-14 flex-none font-medium ${tone}`}>{word}</span>
      <span className="min-w-0">{finding}</span>
    </li>
  )
}

function CloseDialog({
  detail: { month, sha256, checks, content },
  onClose,
}: {
  readonly detail: SettlementMonthDetail
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const close = useMutation(
    api.settlementMonths.close.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queries.invalidateQueries(api.settlementMonths.pathFilter()),
    }),
  )
  const needsNote = checks.some(({ isMet }) => !isMet)
  return (
    <Dialog
      title={`Close ${monthName(month)}?`}
      description={
        <>
          <Amount cents={content.totals.netCents} /> net of{' '}
          <Amount cents={content.totals.grossCents} />. From then on it stays as it is; later
          changes are listed beside it, and opening it again takes a second person.
        </>
      }
      onClose={onClose}
      onSubmit={(form) => close.mutate({ month, sha256, note: textIn(form, 'note') })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={close.isPending}>
            Close month
          </Button>
        </>
      }
    >
      <TextArea
        label={needsNote ? 'Note' : 'Note, if there is something to say'}
        name="note"
        required={needsNote}
        maxLength={1_000}
        hint={needsNote ? 'Not everything on the list is met: say why it is closed.' : undefined}
      />
      <FaultLine error={close.error} />
    </Dialog>
  )
}
