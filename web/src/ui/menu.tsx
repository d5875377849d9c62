import { Menu as BaseMenu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'

/** A menu under `trigger`, which must be a button element; focus returns to it on closing. */
export function Menu({ trigger, children, ...root }: MenuProps) {
  return (
    <BaseMenu.Root {...root}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align="end" sideOffset={6} className="z-40 outline-none">
          <BaseMenu.Popup className="overlay min-w-48 rounded-lg bg-surface p-1 text-sm shadow-overlay outline-none">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

interface MenuProps {
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly defaultOpen?: boolean
}

const row =
  'flex h-8 w-full items-center gap-2 rounded-md px-2 outline-none select-none data-highlighted:bg-hover data-disabled:text-faint'

export function MenuItem({ children, onClick, disabled = false }: MenuItemProps) {
  return (
    <BaseMenu.Item className={row} onClick={onClick} disabled={disabled}>
      {children}
    </BaseMenu.Item>
  )
}

interface MenuItemProps {
  readonly children: ReactNode
  readonly onClick: () => void
  readonly disabled?: boolean
}

/** One choice of several, such as the theme; choosing leaves the menu open to see the effect. */
export function MenuChoice<T extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<T>) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-2 pb-1 text-xs font-medium text-faint">
        {label}
      </BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} value={option.value} className={row}>
            {option.label}
            <BaseMenu.RadioItemIndicator className="ml-auto">
              <Check aria-hidden className="size-4 text-accent" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  )
}

interface MenuChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[]
  readonly onChange: (value: T) => void
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-line" />
}
