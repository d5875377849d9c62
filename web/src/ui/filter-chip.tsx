import { X } from 'lucide-react'

/** One filter that is set, in words, and the way to take it away. */
export function FilterChip({ name, value, onRemove }: FilterChipProps) {
  return (
    <span className="inline-flex h-6 min-w-0 items-center gap-1.5 rounded-sm bg-sunken pl-2 text-xs font-medium">
      <span className="text-faint">{name}</span>
      <span className="truncate text-text">{value}</span>
      <button
        type="button"
        aria-label={`Remove filter: ${name} ${value}`}
        onClick={onRemove}
        className="grid size-6 flex-none place-items-center rounded-sm text-faint hover:bg-hover hover:text-text"
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  )
}

interface FilterChipProps {
  readonly name: string
  readonly value: string
  readonly onRemove: () => void
}
