import { useId } from 'react'

const CODE_LENGTH = 6

/** Six digits of an app. Sends by itself once they are complete, typed or pasted. */
export function CodeField({ label, error, onComplete, inputRef }: CodeFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        ref={inputRef}
        id={id}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-note` : undefined}
        onChange={({ target }) => {
          // As apps and messages write it: with spaces, dashes or words around.
          target.value = target.value.replace(/\D/g, '').slice(0, CODE_LENGTH)
          if (target.value.length === CODE_LENGTH) onComplete(target.value)
        }}
        className="h-12 w-full rounded-md border border-line-strong bg-surface pr-3 pl-[calc(0.75rem+0.4em)] text-center font-mono text-xl tracking-[0.4em] tabular-nums outline-none focus:border-focus focus:ring-3 focus:ring-focus/25 aria-invalid:border-bad"
      />
      {error && (
        <p id={`${id}-note`} role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

interface CodeFieldProps {
  readonly label: string
  readonly error?: string | undefined
  readonly onComplete: (code: string) => void
  readonly inputRef?: React.Ref<HTMLInputElement>
}
