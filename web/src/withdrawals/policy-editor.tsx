import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { policyProblems, withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Notice } from '../ui/panel.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import {
  type BandFields,
  type FaultAt,
  faultsAt,
  fieldsOf,
  policyIn,
  type PolicyFields,
} from './policy-fields.ts'
import { BusinessHoursCard, LimitsCard, TimesCard } from './policy-rule-cards.tsx'
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
  const policy = policyIn(fields)
  const problems = policyProblems(policy)
  const faultAt = faultsAt(problems)
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
              path={`bands.${index}`}
              faultAt={faultAt}
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
      <LimitsCard fields={fields} faultAt={faultAt} onChange={change} />
      <BusinessHoursCard fields={fields} faultAt={faultAt} onChange={change} />
      <TimesCard fields={fields} faultAt={faultAt} onChange={change} />
      {problems.length > 0 && (
        <div className="mb-3">
          <Notice tone="bad">
            {problems.length === 1 ? 'One field is' : `${problems.length} fields are`} not right
            yet; what is wrong stands under each.
          </Notice>
        </div>
      )}
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

function Band({ band, path, faultAt, isLast, onChange, onRemove }: BandProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      {isLast ? (
        <p className="mt-6 flex h-10 flex-1 basis-40 items-center text-sm">Everything above</p>
      ) : (
        <div className="flex-1 basis-40">
          <TextField
            label="Up to, in dollars"
            inputMode="decimal"
            value={band.upTo}
            error={faultAt(`${path}.upToCents`)}
            onChange={(event) => onChange({ upTo: event.target.value })}
          />
        </div>
      )}
      <div className="w-28">
        <TextField
          label="Approvers"
          inputMode="numeric"
          value={band.approvers}
          error={faultAt(`${path}.approvers`)}
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
      {isLast ? (
        <span aria-hidden className="w-20 max-md:hidden" />
      ) : (
        <Button variant="ghost" className="mt-6 w-20" onClick={onRemove}>
          Remove
        </Button>
      )}
    </div>
  )
}

interface BandProps {
  readonly band: BandFields
  readonly path: string
  readonly faultAt: FaultAt
  readonly isLast: boolean
  readonly onChange: (part: Partial<BandFields>) => void
  readonly onRemove: () => void
}
