import { type ReactNode, useId } from 'react'

/** A box with its name and, under it, what ticking it means. */
export function Checkbox({ label, hint, disabled = false, ...input }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        disabled={disabled}
        className="mt-0.5 size-4 flex-none accent-accent disabled:opacity-50"
        {...('checked' in input
          ? { checked: input.checked, onChange: () => input.onChange(!input.checked) }
          : { name: input.name, value: input.value, defaultChecked: input.defaultChecked })}
      />
      <div className="min-w-0">
        <label htmlFor={id} className={`text-sm font-medium ${disabled ? 'text-muted' : ''}`}>
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

type CheckboxProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly disabled?: boolean
} & (
  | { readonly checked: boolean; readonly onChange: (checked: boolean) => void }
  | { readonly name: string; readonly value: string; readonly defaultChecked?: boolean }
)
