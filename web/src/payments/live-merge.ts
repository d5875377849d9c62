import type { inferOutput } from '@trpc/tanstack-react-query'
import type { Api } from '../app/api.ts'

/** A page as it came over the wire. */
export type LoadedPage = inferOutput<Api['payments']['list']>
export type LoadedRow = LoadedPage['items'][number]

/** Loaded pages with newer readings of some of their rows; rows keep their places even if their order changed. */
export function withNewerRows(pages: LoadedPage[], newer: readonly LoadedRow[]): LoadedPage[] {
  const byId = new Map(newer.map((item) => [item.id, item]))
  let changed = false
  const patched = pages.map((page) => {
    if (!page.items.some((item) => isOlder(item, byId.get(item.id)))) return page
    changed = true
    return {
      ...page,
      items: page.items.map((item) => {
        const reading = byId.get(item.id)
        return reading && isOlder(item, reading) ? reading : item
      }),
    }
  })
  return changed ? patched : pages
}

/**
 * The rows of a newly read first page that the loaded pages do not have. Rows that merely moved up
 * from below what is loaded, because others above them left, are not new.
 */
export function newRows(pages: readonly LoadedPage[], head: LoadedPage): readonly LoadedRow[] {
  const loaded = new Set(pages.flatMap((page) => page.items.map((item) => item.id)))
  const isWhole = pages.at(-1)?.nextCursor === null
  const lastKnown = head.items.findLastIndex((item) => loaded.has(item.id))
  // Without a single known row the whole head is newer than everything loaded.
  const end = isWhole || lastKnown === -1 ? head.items.length : lastKnown
  return head.items.slice(0, end).filter((item) => !loaded.has(item.id))
}

function isOlder(item: LoadedRow, reading: LoadedRow | undefined): boolean {
  if (reading === undefined) return false
  const [was, is] = [item, reading].map(({ updatedAt }) => Date.parse(updatedAt))
  if (was !== is) return Number(is) > Number(was)
  // What people do about a payment does not change the payment.
  return JSON.stringify(reading.work) !== JSON.stringify(item.work)
}
