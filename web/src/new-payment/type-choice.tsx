import { useId } from 'react'

const types = [
  ['payment', 'Payment', 'A fixed amount in dollars.'],
  ['deposit', 'Deposit', 'The customer decides how much to send.'],
] as const
type PaymentType = (typeof types)[number][0]

/** Fixed amount, or whatever the customer sends. */
export function TypeChoice({ type, onChange }: TypeChoiceProps) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Type</legend>
      <div className="grid gap-2 md:grid-cols-2">
        {types.map(([value, label, hint]) => (
          <div
            key={value}
            className="relative flex min-h-11 items-start gap-2.5 rounded-md border border-line-strong bg-surface px-3 py-2 has-checked:border-accent has-focus-visible:ring-3 has-focus-visible:ring-focus/25"
          >
            <input
              type="radio"
              id={`${name}-${value}`}
              name={name}
              value={value}
              checked={type === value}
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

interface TypeChoiceProps {
  readonly type: PaymentType
  readonly onChange: (type: PaymentType) => void
}
