import { Search, X } from 'lucide-react'
import type { ComponentProps, KeyboardEvent, ReactNode, Ref } from 'react'
import { IconButton } from './button.tsx'
import { FilterChip } from './filter-chip.tsx'
import { Kbd } from './kbd.tsx'

/**
 * What is asked of a list, all in one place: its filters as chips, and the text. Enter commits the text,
 * Escape leaves, Backspace in the empty text takes the last chip away.
 */
export function ChipSearch({ ref, label, placeholder, chips, typed, ...search }: ChipSearchProps) {
  const { lengthMax, field, tools, onType, onCommit, onLeave, onClear } = search
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    field?.onKeyDown?.(event)
    if (event.defaultPrevented) return
    if (event.key === 'Enter') onCommit()
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key === 'Backspace' && typed === '') chips.at(-1)?.onRemove()
  }
  const isEmpty = typed === '' && chips.length === 0
  return (
    <search className="group flex min-h-10 min-w-0 flex-1 items-start gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 focus-within:border-focus focus-within:ring-3 focus-within:ring-focus/25">
      <div className="flex min-h-[38px] min-w-0 flex-1 flex-wrap items-center gap-1.5 py-1">
        <Search aria-hidden className="size-4 flex-none text-faint" />
        {chips.map((chip) => (
          <FilterChip key={chip.name} {...chip} />
        ))}
        <input
          {...field}
          ref={ref}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          aria-label={label}
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
          maxLength={lengthMax}
          placeholder={chips.length === 0 ? placeholder : ''}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onBlur={onLeave}
          onKeyDown={onKeyDown}
          className="h-7 min-w-24 flex-1 truncate bg-transparent text-sm outline-none placeholder:text-faint max-md:min-w-10 max-md:text-lg"
        />
      </div>
      {tools}
      {isEmpty ? (
        <span
          aria-hidden
          className="flex h-[38px] items-center group-has-[input:focus]:hidden max-md:hidden"
        >
          <Kbd>/</Kbd>
        </span>
      ) : (
        // Beside the chips: however many lines they take, it stays in its corner.
        <span className="-mr-1.5 flex h-[38px] flex-none items-center">
          <IconButton
            label={chips.length > 0 ? 'Clear search and filters' : 'Clear search'}
            className="size-7!"
            onClick={onClear}
          >
            <X aria-hidden className="size-4" />
          </IconButton>
        </span>
      )}
    </search>
  )
}

interface ChipSearchProps {
  readonly ref: Ref<HTMLInputElement>
  /** For screen readers; `placeholder` is shorter. */
  readonly label: string
  readonly placeholder: string
  readonly chips: readonly {
    readonly name: string
    readonly value: string
    readonly onRemove: () => void
  }[]
  readonly typed: string
  readonly lengthMax?: number
  /** What makes the text a combobox; a key whose default it prevents does nothing here. */
  readonly field?: ComponentProps<'input'>
  /** Buttons beside the text. */
  readonly tools?: ReactNode
  readonly onType: (text: string) => void
  readonly onCommit: () => void
  readonly onLeave?: () => void
  readonly onClear: () => void
}
