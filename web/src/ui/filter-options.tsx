import type { ReactNode } from 'react'

interface FilterOption {
  readonly value: string
  readonly label: ReactNode
}

/** Any number of choices; none chosen means any. A chosen value that is no longer offered can still be taken away. */
export function FilterOptions({ label, options, selected, onChange }: FilterOptionsProps) {
  const offered = new Set(options.map(({ value }) => value))
  const gone = selected.filter((value) => !offered.has(value))
  const all = [...options, ...gone.map((value) => ({ value, label: value }))]
  const toggle = (value: string) =>
    onChange(
      selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value],
    )
  return (
    <fieldset className="min-w-48 p-1">
      <legend className="sr-only">{label}</legend>
      {all.length === 0 && <p className="px-2 py-1.5 text-faint">Nothing to choose from yet</p>}
      {all.map((option) => (
        <label
          key={option.value}
          className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-hover max-md:min-h-11"
        >
          <input
            type="checkbox"
            checked={selected.includes(option.value)}
            onChange={() => toggle(option.value)}
            className="size-4 flex-none accent-accent"
          />
          <span className="max-w-72 truncate">{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface FilterOptionsProps {
  readonly label: string
  readonly options: readonly FilterOption[]
  readonly selected: readonly string[]
  readonly onChange: (selected: readonly string[]) => void
}
