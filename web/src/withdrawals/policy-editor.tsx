import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { policyProblems, withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Notice } from '../ui/panel.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type BandFields, fieldsOf, policyIn, type PolicyFields } from './policy-fields.ts'
import { RehearsalResult } from './rehearsal-result.tsx'

type ProposedPolicy = ReturnType<typeof withdrawalPolicy.parse>

interface PolicyEditorProps {
  readonly begun: WithdrawalPolicy
  /** The version that `begun` is, so that nobody undoes what they did not see. */
  readonly version: number
  readonly onClose: () => void
}

/** A proposal begins as the policy in force; it is tried on the past before anybody decides on it. */
export function PolicyEditor({ begun, version, onClose }: PolicyEditorProps) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const [fields, setFields] = useState(() => fieldsOf(begun))
  const [note, setNote] = useState('')
  const [tried, setTried] = useState<ProposedPolicy | null>(null)
  const policy = policyIn(fields, begun)
  const problems = policyProblems(policy)
  const rehearsal = useQuery(
    api.withdrawalPolicy.rehearse.queryOptions(tried === null ? skipToken : { policy: tried }),
  )
  const propose = useMutation(
    api.withdrawalPolicy.propose.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queries.invalidateQueries(api.withdrawalPolicy.pathFilter()),
    }),
  )
  const change = (part: Partial<PolicyFields>) => {
    setFields((before) => ({ ...before, ...part }))
    setTried(null)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    const read = withdrawalPolicy.safeParse(policy)
    if (read.success) propose.mutate({ policy: read.data, note, basedOn: version })
  }
  return (
    <form noValidate onSubmit={send} className="flex flex-col">
      <Card
        title="Who approves"
        about="Bands by amount, the smallest first; the last one has no end."
      >
        <div className="flex flex-col gap-3">
          {fields.bands.map((band, index) => (
            <Band
              // oxlint-disable-next-line react/no-array-index-key -- bands are their places
              key={index}
              band={band}
              isLast={index === fields.bands.length - 1}
              onChange={(part) =>
                change({
                  bands: fields.bands.map((one, at) => (at === index ? { ...one, ...part } : one)),
                })
              }
              onRemove={() => change({ bands: fields.bands.filter((_, at) => at !== index) })}
            />
          ))}
          <Button
            className="self-start"
            onClick={() =>
              change({ bands: [{ upTo: '', approvers: '1', admins: '0' }, ...fields.bands] })
            }
          >
            Add a band
          </Button>
        </div>
      </Card>
      <Card title="Limits" about="In US dollars; empty for none. Days and weeks are business ones.">
        <div className="grid gap-3 md:grid-cols-3">
          {limitFields.map(({ name, label }) => (
            <TextField
              key={name}
              label={label}
              inputMode="decimal"
              value={fields[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          ))}
        </div>
      </Card>
      <Card title="Times and warnings">
        <div className="grid gap-3 md:grid-cols-3">
          {otherFields.map(({ name, label }) => (
            <TextField
              key={name}
              label={label}
              inputMode="decimal"
              value={fields[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          ))}
        </div>
        <div className="mt-3">
          <Checkbox
            label="Repeat unclear sendings with the same key, within a day"
            checked={fields.repeats}
            onChange={(repeats) => change({ repeats })}
          />
        </div>
      </Card>
      {problems.map(({ field, problem }) => (
        <div key={`${field} ${problem}`} className="mb-2" role="alert">
          <Notice tone="bad">
            {field}: {problem}
          </Notice>
        </div>
      ))}
      {tried !== null && rehearsal.data && <RehearsalResult rehearsal={rehearsal.data} />}
      <FaultLine error={rehearsal.error ?? propose.error} />
      <TextArea
        label="What changes and why"
        value={note}
        onChange={(event) => setNote(event.target.value)}
        maxLength={500}
        hint="For the one who decides on it."
      />
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          pending={rehearsal.isFetching}
          onClick={() => {
            const read = withdrawalPolicy.safeParse(policy)
            if (read.success) setTried(read.data)
          }}
        >
          Rehearse on the last 90 days
        </Button>
        <Button
          type="submit"
          variant="primary"
          pending={propose.isPending}
          disabled={problems.length > 0 || note.trim() === ''}
        >
          Propose policy
        </Button>
      </div>
    </form>
  )
}

function Band({ band, isLast, onChange, onRemove }: BandProps) {
  return (
    <div className="flex flex-wrap items-end gap-3">
      {isLast ? (
        <p className="flex h-10 flex-1 items-center text-sm">Everything above</p>
      ) : (
        <div className="flex-1">
          <TextField
            label="Up to, in dollars"
            inputMode="decimal"
            value={band.upTo}
            onChange={(event) => onChange({ upTo: event.target.value })}
          />
        </div>
      )}
      <div className="w-28">
        <TextField
          label="Approvers"
          inputMode="numeric"
          value={band.approvers}
          onChange={(event) => onChange({ approvers: event.target.value })}
        />
      </div>
      <div className="w-28">
        <TextField
          label="Admins"
          inputMode="numeric"
          value={band.admins}
          onChange={(event) => onChange({ admins: event.target.value })}
        />
      </div>
      {!isLast && (
        <Button variant="ghost" onClick={onRemove}>
          Remove
        </Button>
      )}
    </div>
  )
}

interface BandProps {
  readonly band: BandFields
  readonly isLast: boolean
  readonly onChange: (part: Partial<BandFields>) => void
  readonly onRemove: () => void
}

const limitFields = [
  { name: 'personEach', label: 'Each person, one withdrawal' },
  { name: 'personDay', label: 'Each person, a day' },
  { name: 'personWeek', label: 'Each person, a week' },
  { name: 'totalEach', label: 'All, one withdrawal' },
  { name: 'totalDay', label: 'All, a day' },
  { name: 'totalWeek', label: 'All, a week' },
] as const

const otherFields = [
  { name: 'coolingOff', label: 'Cooling-off, hours' },
  { name: 'expiry', label: 'Requests expire after, hours' },
  { name: 'duplicates', label: 'Warn of duplicates within, hours' },
  { name: 'lowBalance', label: 'Low balance below, dollars' },
] as const
