import { createContext, type ReactNode, use } from 'react'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import { attentionKindText } from '@desk/shared/attention/attention-kind'

interface Selection {
  readonly ids: ReadonlySet<number>
  /** Whether all that can be selected is. */
  readonly isAll: boolean
  readonly onToggle: (id: number) => void
  readonly onToggleAll: () => void
}

const Selected = createContext<Selection>({
  ids: new Set(),
  isAll: false,
  onToggle: () => undefined,
  onToggleAll: () => undefined,
})

/** Rows keep their cells while they scroll, so what is selected reaches the boxes past them. */
export function SelectionProvider({
  value,
  children,
}: {
  readonly value: Selection
  readonly children: ReactNode
}) {
  return <Selected value={value}>{children}</Selected>
}

export function SelectBox({ item }: { readonly item: AttentionItem }) {
  const { ids, onToggle } = use(Selected)
  if (item.state === 'resolved') return null
  const name = item.payment.orderId ?? item.payment.id
  return (
    <input
      type="checkbox"
      aria-label={`Select ${attentionKindText[item.kind].label.toLowerCase()} ${name}`}
      checked={ids.has(item.id)}
      onChange={() => onToggle(item.id)}
      className={look}
    />
  )
}

export function SelectAllBox() {
  const { ids, isAll, onToggleAll } = use(Selected)
  return (
    <input
      type="checkbox"
      aria-label="Select all that are shown"
      checked={isAll}
      ref={(box) => {
        if (box) box.indeterminate = !isAll && ids.size > 0
      }}
      onChange={onToggleAll}
      className={look}
    />
  )
}

/** The target is larger than the box. */
const look = 'relative block size-4 accent-accent before:absolute before:-inset-3'
