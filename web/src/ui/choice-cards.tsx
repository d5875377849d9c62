import { useId } from 'react'

/** One of two or three, each with what it means. */
export function ChoiceCards<Value extends string>({
  legend,
  value: chosen,
  choices,
  onChange,
}: ChoiceCardsProps<Value>) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="grid gap-2 md:grid-cols-2">
        {choices.map(({ value, label, hint }) => (
          <div
            key={value}
            className="relative flex min-h-11 items-start gap-2.5 rounded-md border border-line-strong bg-surface px-3 py-2 has-checked:border-accent has-focus-visible:ring-3 has-focus-visible:ring-focus/25"
          >
            <input
              type="radio"
              id={`${name}-${value}`}
              name={name}
              value={value}
              checked={chosen === value}
              onChange={() => onChange(value)}
              aria-describedby={`${name}-${value}-hint`}
              className="mt-0.5 size-4 flex-none accent-accent"
            />
            <div className="min-w-0">
              {/* As large as its box, for thumbs. */}
              <label
                htmlFor={`${name}-${value}`}
                className="block text-sm font-medium after:absolute after:inset-0 after:cursor-pointer"
              >
                {label}
              </label>
              <p id={`${name}-${value}-hint`} className="text-xs text-muted">
                {hint}
              </p>
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}

interface ChoiceCardsProps<Value extends string> {
  readonly legend: string
  readonly value: Value
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly hint: string
  }[]
  readonly onChange: (value: Value) => void
}
