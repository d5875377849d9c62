import { type ComponentProps, useId } from 'react'

/** Room for several lines, which grows with what is written. `error` replaces `hint`. */
export function TextArea({ label, isLabelHidden = false, hint, error, ...area }: TextAreaProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <textarea
        rows={2}
        {...area}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="field-sizing-content max-h-72 min-h-10 resize-y rounded-md border border-line-strong bg-surface px-3 py-2 text-sm outline-none placeholder:text-faint focus:border-focus focus:ring-3 focus:ring-focus/25 aria-invalid:border-bad max-md:text-lg"
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

type TextAreaProps = Omit<ComponentProps<'textarea'>, 'id' | 'className'> & {
  readonly label: string
  /** Where what stands around it says what it is. */
  readonly isLabelHidden?: boolean
  readonly hint?: string | undefined
  readonly error?: string | undefined
}
