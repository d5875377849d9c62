import { createContext, type ReactNode, use } from 'react'

interface RowSelection {
  readonly ids: ReadonlySet<string>
  /** Whether all rows that are loaded are picked. */
  readonly isAll: boolean
  /** `isRange` goes from the row before to this one. */
  readonly onPick: (id: string, isRange: boolean) => void
  readonly onPickAll: () => void
}

const Selection = createContext<RowSelection>({
  ids: new Set(),
  isAll: false,
  onPick: () => undefined,
  onPickAll: () => undefined,
})

/** Rows keep their cells while they scroll, so what is picked reaches the boxes past them. */
export function RowSelectionProvider({
  value,
  children,
}: {
  readonly value: RowSelection
  readonly children: ReactNode
}) {
  return <Selection value={value}>{children}</Selection>
}

/** Shift goes from the last row to this one. `name` is how people call the row. */
export function PickBox({ id, name }: { readonly id: string; readonly name: string }) {
  const { ids, onPick } = use(Selection)
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      checked={ids.has(id)}
      onChange={(event) => {
        const { nativeEvent } = event
        onPick(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
      }}
      className={look}
    />
  )
}

export function PickAllBox() {
  const { ids, isAll, onPickAll } = use(Selection)
  return (
    <input
      type="checkbox"
      aria-label="Select all rows that are loaded"
      checked={isAll}
      ref={(box) => {
        if (box) box.indeterminate = !isAll && ids.size > 0
      }}
      onChange={onPickAll}
      className={look}
    />
  )
}

/** The target is larger than the box. */
const look = 'relative block size-4 accent-accent before:absolute before:-inset-3'
