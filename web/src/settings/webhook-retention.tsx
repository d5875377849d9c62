import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  RETENTION_MONTHS_MAX,
  RETENTION_MONTHS_MIN,
  retentionInput,
} from '@desk/shared/webhooks/webhook-settings'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useWebhookSettingsChanged } from './webhook-settings-queries.ts'

/** For how long exact bytes are kept. */
export function WebhookRetention({ months, block }: RetentionProps) {
  const [isAsked, setAsked] = useState(false)
  return (
    <Card
      title="Retention"
      about={`Exact bytes and headers are kept for ${months} months. Hash, verdict, times and ids of every webhook stay for ever.`}
      action={
        <GuardedButton block={block} onClick={() => setAsked(true)}>
          Change
        </GuardedButton>
      }
    >
      {isAsked && <RetentionDialog months={months} onClose={() => setAsked(false)} />}
    </Card>
  )
}

interface RetentionProps {
  readonly months: number
  /** Why the reader may not change it, or null. */
  readonly block: string | null
}

function RetentionDialog({
  months,
  onClose,
}: {
  readonly months: number
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useWebhookSettingsChanged()
  const [fault, setFault] = useState<string>()
  const change = useMutation(
    api.webhookSettings.setRetention.mutationOptions({
      onSuccess: (_nothing, given) => {
        announce(`Bytes are kept for ${given.months} months`)
        onClose()
      },
      onSettled,
    }),
  )
  const send = (form: FormData) => {
    const text = textIn(form, 'months').trim()
    const given = retentionInput.safeParse({ months: /^\d+$/.test(text) ? Number(text) : null })
    setFault(
      given.success ? undefined : `Enter ${RETENTION_MONTHS_MIN} to ${RETENTION_MONTHS_MAX}.`,
    )
    if (given.success) change.mutate(given.data)
  }
  return (
    <Dialog
      title="How long webhook bytes are kept"
      description="What is older is deleted by the next daily round, for good: without its bytes nobody can verify a signature again."
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={change.isPending}>
            Keep so long
          </Button>
        </>
      }
    >
      <TextField
        label="Months"
        name="months"
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        defaultValue={String(months)}
        hint={`Whole months, ${RETENTION_MONTHS_MIN} to ${RETENTION_MONTHS_MAX}. Ask whoever answers for your books first.`}
        error={fault}
      />
      <FaultLine error={change.error} />
    </Dialog>
  )
}
