import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { auditOutcome, auditOutcomes, auditSubjectKind } from '@desk/shared/audit/audit-entry'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { presetNames, presetRange } from '../ui/date-presets.ts'
import { FilterChoice } from '../ui/filter-choice.tsx'
import { textIn } from '../ui/form-text.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import { without } from './audit-chips.ts'
import { peopleOptions } from './audit-list-queries.ts'
import { actionChoices, kindChoices, outcomeWords } from './audit-words.ts'

const DateRange = lazy(async () => ({ default: (await import('../ui/date-range.tsx')).DateRange }))

interface FilterProps {
  readonly query: AuditQuery
  readonly today: string
  readonly onChange: (query: AuditQuery) => void
  /** Called when a choice completes the filter, so that its panel may go. */
  readonly onDone: () => void
}

interface AuditFilter {
  readonly label: string
  readonly isOn: (query: AuditQuery) => boolean
  readonly panel: (props: FilterProps) => ReactNode
}

/** The filters, for the bar and for the sheet alike. */
export const auditFilters: readonly AuditFilter[] = [
  {
    label: 'Days',
    isOn: ({ from, to }) => from !== undefined || to !== undefined,
    panel: (props) => <DaysFilter {...props} />,
  },
  {
    label: 'Who',
    isOn: ({ actor }) => actor !== undefined,
    panel: (props) => <WhoFilter {...props} />,
  },
  {
    label: 'What',
    isOn: ({ action }) => action !== undefined,
    panel: ({ query, onChange }) => (
      <FilterChoice
        label="What"
        choices={actionChoices}
        selected={query.action ?? null}
        onChange={(action) => {
          onChange({ ...without(query, 'action'), ...(action !== null && { action }) })
        }}
      />
    ),
  },
  {
    label: 'Outcome',
    isOn: ({ outcome }) => outcome !== undefined,
    panel: ({ query, onChange }) => (
      <FilterChoice
        label="Outcome"
        choices={auditOutcomes.map((value) => ({ value, label: outcomeWords[value].word }))}
        selected={query.outcome ?? null}
        onChange={(value) => {
          const { data: outcome } = auditOutcome.safeParse(value)
          onChange({ ...without(query, 'outcome'), ...(outcome && { outcome }) })
        }}
      />
    ),
  },
  {
    label: 'About',
    isOn: ({ subjectKind, subjectId }) => subjectKind !== undefined || subjectId !== undefined,
    panel: (props) => <AboutFilter {...props} />,
  },
]

function DaysFilter({ query, today, onChange, onDone }: FilterProps) {
  return (
    <Suspense fallback={<Skeleton className="m-3 h-72 w-96 max-w-full" />}>
      <DateRange
        value={{ from: query.from ?? null, to: query.to ?? null }}
        today={today}
        presets={presetNames.map((name) => ({
          name: name.slice(0, 1).toUpperCase() + name.slice(1),
          days: presetRange(name, today),
        }))}
        onChange={({ from, to }, preset) => {
          const rest = without(query, 'from', 'to')
          onChange({ ...rest, ...(from !== null && { from }), ...(to !== null && { to }) })
          if (preset !== null) onDone()
        }}
      />
    </Suspense>
  )
}

function WhoFilter({ query, onChange }: FilterProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: people } = useQuery(peopleOptions(api))
  if (!people) return <Skeleton className="m-3 h-24 w-40" />
  return (
    <FilterChoice
      label="Who"
      choices={people.map(({ id, name, email }) => ({
        value: id,
        label: name === email ? email : `${name} · ${email}`,
      }))}
      selected={query.actor ?? null}
      onChange={(actor) => {
        onChange({ ...without(query, 'actor'), ...(actor !== null && { actor }) })
      }}
    />
  )
}

/** A kind of object and, to follow a single one, its id. */
function AboutFilter({ query, onChange, onDone }: FilterProps) {
  return (
    <>
      <FilterChoice
        label="About"
        choices={kindChoices}
        selected={query.subjectKind ?? null}
        onChange={(value) => {
          const { data: subjectKind } = auditSubjectKind.safeParse(value)
          onChange({ ...without(query, 'subjectKind'), ...(subjectKind && { subjectKind }) })
        }}
      />
      <form
        className="flex flex-col gap-2 border-t border-line p-3"
        onSubmit={(event) => {
          event.preventDefault()
          const subjectId = textIn(new FormData(event.currentTarget), 'subjectId').trim()
          onChange({ ...without(query, 'subjectId'), ...(subjectId !== '' && { subjectId }) })
          onDone()
        }}
      >
        <TextField
          label="Id"
          name="subjectId"
          key={query.subjectId}
          defaultValue={query.subjectId}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          placeholder="any"
        />
        <Button type="submit">Apply</Button>
      </form>
    </>
  )
}
