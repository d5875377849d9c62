import { useId } from 'react'

export interface Choice {
  readonly value: string
  readonly label: string
  /** One of those that the choice above stands for together. */
  readonly isPart?: boolean
}

/** At most one choice; "Any" takes it away. A chosen value that is not offered stands there as it is. */
export function FilterChoice({ label, choices, selected, onChange }: FilterChoiceProps) {
  const name = useId()
  const isOffered = selected === null || choices.some(({ value }) => value === selected)
  const all = isOffered ? choices : [...choices, { value: selected, label: selected }]
  return (
    <fieldset className="max-h-[min(420px,60vh)] min-w-52 overflow-y-auto p-1 max-md:max-h-none">
      <legend className="sr-only">{label}</legend>
      {[{ value: null, label: 'Any', isPart: false }, ...all].map((choice) => (
        <label
          key={choice.value ?? ''}
          className={`flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md pr-2 hover:bg-hover max-md:min-h-11 ${choice.isPart ? 'pl-8 text-muted' : 'pl-2'}`}
        >
          <input
            type="radio"
            name={name}
            checked={selected === choice.value}
            onChange={() => onChange(choice.value)}
            className="size-4 flex-none accent-accent"
          />
          <span className="max-w-72 truncate">{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface FilterChoiceProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly selected: string | null
  readonly onChange: (value: string | null) => void
}
