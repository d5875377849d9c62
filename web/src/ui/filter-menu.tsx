import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Popover } from './popover.tsx'

/** The button of one filter; it carries its name only, since what is chosen stands in chips beside it. */
export function FilterButton({ label, isOn, children }: FilterButtonProps) {
  return (
    <Popover
      label={label}
      className={`inline-flex h-7 flex-none items-center gap-1 rounded-sm px-2 text-xs font-medium hover:bg-hover hover:text-text aria-expanded:bg-hover aria-expanded:text-text ${isOn ? 'bg-accent-soft text-accent' : 'bg-sunken text-muted'}`}
      button={
        <>
          {label}
          <ChevronDown aria-hidden className="size-3.5 opacity-70" />
        </>
      }
    >
      {children}
    </Popover>
  )
}

interface FilterButtonProps {
  readonly label: string
  readonly isOn: boolean
  readonly children: (close: () => void) => ReactNode
}
