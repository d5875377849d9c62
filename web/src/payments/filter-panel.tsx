import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { networkName } from '@desk/shared/networks/networks'
import { knownPaymentStatuses } from '@desk/shared/payments/payment-status'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { judgements } from '@desk/shared/payments/payment-term'
import { dayPresets, presetDays } from '@desk/shared/time/day-preset'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { FilterOptions } from '../ui/filter-options.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { StatusBadge } from '../ui/badge.tsx'
import { AmountFields } from './amount-fields.tsx'
import { presetText } from './filter-chips.ts'
import type { FilterName, FilterProps } from './payment-filters.tsx'
import { facetsOptions } from './payment-list-queries.ts'
import { typeText } from './payment-words.ts'

const DateRange = lazy(async () => ({ default: (await import('../ui/date-range.tsx')).DateRange }))

/** What one filter is chosen in. */
export function FilterPanel({ name, ...props }: FilterProps & { readonly name: FilterName }) {
  const { query, onChange } = props
  switch (name) {
    case 'Created':
      return <CreatedFilter {...props} />
    case 'Amount':
      return <AmountFields {...props} />
    case 'Judgement':
      return (
        <FilterOptions
          label={name}
          options={judgements.map((value) => ({ value, label: value }))}
          selected={query.judgements}
          onChange={(selected) =>
            onChange({ ...query, judgements: judgements.filter((one) => selected.includes(one)) })
          }
        />
      )
    case 'Status':
    case 'Type':
    case 'Token':
    case 'Network':
      return <WordsFilter {...props} field={fields[name]} label={name} />
  }
}

const fields = {
  Status: 'statuses',
  Type: 'types',
  Token: 'tokens',
  Network: 'networks',
} as const satisfies Partial<Record<FilterName, WordsField>>

/** Fixed days, or those that a range which moves along means today. */
function daysOf({ createdFrom, createdTo, createdPreset }: PaymentQuery, today: string) {
  return createdPreset === null
    ? { from: createdFrom, to: createdTo }
    : presetDays(createdPreset, today)
}

type WordsField = 'statuses' | 'types' | 'tokens' | 'networks'

function WordsFilter({ query, onChange, field, label }: WordsFilterProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: facets } = useQuery(facetsOptions(api))
  if (!facets) return <Skeleton className="m-3 h-24 w-40" />
  return (
    <FilterOptions
      label={label}
      options={inOrder(field, facets[field]).map((value) => ({
        value,
        label: words[field](value),
      }))}
      selected={query[field]}
      onChange={(selected) => onChange({ ...query, [field]: [...selected] })}
    />
  )
}

type WordsFilterProps = FilterProps & { readonly field: WordsField; readonly label: string }

/** Statuses stand in the order a payment passes them, and are offered before the first one was seen. */
function inOrder(field: WordsField, values: readonly string[]): readonly string[] {
  if (field !== 'statuses') return values
  return [...new Set<string>([...knownPaymentStatuses, ...values])]
}

const words = {
  statuses: (status: string) => <StatusBadge status={status} />,
  types: typeText,
  tokens: (token: string) => token,
  networks: networkName,
} as const satisfies Record<WordsField, (value: string) => ReactNode>

function CreatedFilter({ query, today, onChange, onDone }: FilterProps) {
  return (
    <Suspense fallback={<Skeleton className="m-3 h-72 w-96 max-w-full" />}>
      <DateRange
        value={daysOf(query, today)}
        preset={query.createdPreset === null ? null : presetName(query.createdPreset)}
        today={today}
        presets={dayPresets.map((preset) => ({
          name: presetName(preset),
          days: presetDays(preset, today),
        }))}
        onChange={({ from, to }, name) => {
          // What was chosen by its name moves along: a link or a view says "last 7 days" next week, too.
          const preset = dayPresets.find((one) => presetName(one) === name) ?? null
          onChange({
            ...query,
            createdFrom: preset === null ? from : null,
            createdTo: preset === null ? to : null,
            createdPreset: preset,
          })
          if (preset !== null) onDone()
        }}
      />
    </Suspense>
  )
}

function presetName(preset: string): string {
  const text = presetText(preset)
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
