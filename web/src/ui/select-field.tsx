import { type ComponentProps, useId } from 'react'

/** One of several, by the browser's own list; `children` are options. */
export function SelectField({ label, hint, children, ...select }: SelectFieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        {...select}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="h-10 w-full min-w-0 truncate rounded-md border border-line-strong bg-surface px-2.5 text-sm outline-none focus:border-focus focus:ring-3 focus:ring-focus/25 max-md:text-lg"
      >
        {children}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-faint">
          {hint}
        </p>
      )}
    </div>
  )
}

type SelectFieldProps = Omit<ComponentProps<'select'>, 'id' | 'className'> & {
  readonly label: string
  readonly hint?: string | undefined
}
