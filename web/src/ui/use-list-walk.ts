import type { RefObject } from 'react'
import type { DataTableHandle } from './data-table.tsx'

interface Walk<T> {
  readonly items: readonly T[]
  readonly idOf: (item: T) => string
  /** What the drawer beside the list shows; null while it is closed. */
  readonly openId: string | null
  /** Puts what is open into the address, in place of what was there where `replace` says so. */
  readonly open: (id: string | null, replace?: boolean) => Promise<void>
  readonly table: RefObject<DataTableHandle | null>
}

/** Goes up and down a list, through the drawer while it is open, else by the focus. */
export function useListWalk<T>({ items, idOf, openId, open, table }: Walk<T>) {
  const openAt = () => items.findIndex((item) => idOf(item) === openId)
  const move = (step: 1 | -1) => {
    const at = openId === null ? focusedRow() : openAt()
    const next = items[at + step]
    if (!next) return
    if (openId !== null) void open(idOf(next), true)
    table.current?.reveal(at + step, openId === null ? 'focus' : undefined)
  }
  const close = async () => {
    const at = openId === null ? -1 : openAt()
    await open(null)
    if (at >= 0) table.current?.reveal(at, 'focus')
  }
  return { move, close }
}

/** −1 when the focus is elsewhere, so that the next row is the first. */
function focusedRow(): number {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]')
  return row ? Number(row.dataset['row']) : -1
}
