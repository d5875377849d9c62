import { assignableRoles } from '@desk/shared/attention/assignee'
import { attentionKinds, attentionKindText } from '@desk/shared/attention/attention-kind'
import type { AttentionQuery, AttentionWhose } from '@desk/shared/attention/attention-query'
import { FilterButton } from '../ui/filter-menu.tsx'
import { FilterOptions } from '../ui/filter-options.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { FilterChoice } from '../ui/filter-choice.tsx'
import { whoseText } from './attention-words.ts'
import { useChangeQueue } from './use-change-queue.ts'

/** Which of the queue is shown. The three fit a phone beside each other, so there is no sheet. */
export function AttentionFilters({ query }: { readonly query: AttentionQuery }) {
  const change = useChangeQueue()
  const { kinds, whose, state } = query
  const without = (kind: string) => kinds.filter((one) => one !== kind)
  return (
    <div className="flex flex-col gap-2">
      <fieldset aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
        <FilterButton label="Kind" isOn={kinds.length > 0}>
          {() => (
            <FilterOptions
              label="Kind"
              options={attentionKinds.map((kind) => ({
                value: kind,
                label: attentionKindText[kind].label,
              }))}
              selected={kinds}
              onChange={(chosen) =>
                void change({
                  ...query,
                  kinds: attentionKinds.filter((kind) => chosen.includes(kind)),
                })
              }
            />
          )}
        </FilterButton>
        <FilterButton label="With" isOn={whose !== 'anyone'}>
          {(close) => (
            <FilterChoice
              label="With"
              choices={whoseChoices}
              selected={whose === 'anyone' ? null : whose}
              onChange={(chosen) => {
                const next = everybody.find((one) => one === chosen) ?? 'anyone'
                void change({ ...query, whose: next })
                close()
              }}
            />
          )}
        </FilterButton>
        <FilterButton label="State" isOn={state === 'resolved'}>
          {(close) => (
            <fieldset className="min-w-40 p-1">
              <legend className="sr-only">State</legend>
              {(['open', 'resolved'] as const).map((one) => (
                <label
                  key={one}
                  className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-hover max-md:min-h-11"
                >
                  <input
                    type="radio"
                    name="state"
                    checked={state === one}
                    onChange={() => {
                      void change({ ...query, state: one })
                      close()
                    }}
                    className="size-4 flex-none accent-accent"
                  />
                  {one === 'open' ? 'Open' : 'Resolved'}
                </label>
              ))}
            </fieldset>
          )}
        </FilterButton>
        {kinds.map((kind) => (
          <FilterChip
            key={kind}
            name="kind"
            value={attentionKindText[kind].label}
            onRemove={() =>
              void change({
                ...query,
                kinds: attentionKinds.filter((one) => without(kind).includes(one)),
              })
            }
          />
        ))}
        {whose !== 'anyone' && (
          <FilterChip
            name="with"
            value={whoseText(whose)}
            onRemove={() => void change({ ...query, whose: 'anyone' })}
          />
        )}
        {state === 'resolved' && (
          <FilterChip
            name="state"
            value="Resolved"
            onRemove={() => void change({ ...query, state: 'open' })}
          />
        )}
      </fieldset>
    </div>
  )
}

const everybody: readonly AttentionWhose[] = ['mine', 'me', 'nobody', ...assignableRoles]

const whoseChoices = everybody.map((whose) => ({ value: whose, label: whoseText(whose) }))
