import { type ComponentProps, useId } from 'react'

/** An input with its name above it and its fault below it. `error` replaces `hint`. */
export function TextField({ label, hint, error, ...input }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="h-10 rounded-md border border-line-strong bg-surface px-3 text-md outline-none placeholder:text-faint focus:border-focus max-md:text-lg focus:ring-3 focus:ring-focus/25 aria-invalid:border-bad"
      />
      {note && (
        <p
          // A fault is another element than the hint before it: only then it is read out.
          key={error ? 'error' : 'hint'}
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={`text-xs ${error ? 'text-bad' : 'text-faint'}`}
        >
          {note}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
}
