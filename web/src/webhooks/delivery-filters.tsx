import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { deliveryQuery, type DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { type Choice, FilterChoice } from '../ui/filter-choice.tsx'
import { textIn } from '../ui/form-text.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import { DeliveryTimeFilter } from './delivery-time-filter.tsx'
import { without } from './webhooks-search.ts'
import { eventTypeChoices, stateChoices, verdictChoices } from './webhook-words.ts'

interface FilterProps {
  readonly query: DeliveryQuery
  readonly today: string
  readonly onChange: (query: DeliveryQuery) => void
  /** Called when a choice completes the filter, so that its panel may go. */
  readonly onDone: () => void
}

interface DeliveryFilter {
  readonly label: string
  readonly isOn: (query: DeliveryQuery) => boolean
  readonly panel: (props: FilterProps) => ReactNode
}

/** The filters, for the bar and for the sheet alike. */
export const deliveryFilters: readonly DeliveryFilter[] = [
  {
    label: 'Time',
    isOn: ({ from, to }) => from !== undefined || to !== undefined,
    panel: (props) => <DeliveryTimeFilter {...props} />,
  },
  {
    label: 'Verdict',
    isOn: ({ verdict }) => verdict !== undefined,
    panel: (props) => (
      <ChoiceFilter {...props} label="Verdict" field="verdict" choices={verdictChoices} />
    ),
  },
  {
    label: 'Event',
    isOn: ({ eventType }) => eventType !== undefined,
    panel: (props) => (
      <ChoiceFilter {...props} label="Event" field="eventType" choices={eventTypeChoices} />
    ),
  },
  {
    label: 'Processing',
    isOn: ({ state }) => state !== undefined,
    panel: (props) => (
      <ChoiceFilter {...props} label="Processing" field="state" choices={stateChoices} />
    ),
  },
  {
    label: 'About',
    isOn: ({ about }) => about !== undefined,
    panel: (props) => <AboutFilter {...props} />,
  },
  {
    label: 'Secret',
    isOn: ({ secret }) => secret !== undefined,
    panel: (props) => <SecretFilter {...props} />,
  },
]

function ChoiceFilter({ query, onChange, label, field, choices }: ChoiceFilterProps) {
  return (
    <FilterChoice
      label={label}
      choices={choices}
      selected={query[field] ?? null}
      onChange={(value) => {
        const read = deliveryQuery.safeParse({
          ...without(query, field),
          ...(value !== null && { [field]: value }),
        })
        if (read.success) onChange(read.data)
      }}
    />
  )
}

interface ChoiceFilterProps extends FilterProps {
  readonly label: string
  readonly field: 'verdict' | 'eventType' | 'state' | 'secret'
  readonly choices: readonly Choice[]
}

function SecretFilter(props: FilterProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: secrets } = useQuery(api.webhooks.secretNames.queryOptions())
  if (!secrets) return <Skeleton className="m-3 h-24 w-40" />
  const choices = secrets.map(({ id, label }) => ({ value: id, label }))
  return <ChoiceFilter {...props} label="Secret" field="secret" choices={choices} />
}

function AboutFilter({ query, onChange, onDone }: FilterProps) {
  return (
    <form
      className="flex flex-col gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault()
        const about = textIn(new FormData(event.currentTarget), 'about').trim()
        onChange({ ...without(query, 'about'), ...(about !== '' && { about }) })
        onDone()
      }}
    >
      <TextField
        label="Payment, order or withdrawal"
        name="about"
        key={query.about}
        defaultValue={query.about}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        placeholder="its id"
      />
      <Button type="submit">Apply</Button>
    </form>
  )
}
