import type { inferOutput } from '@trpc/tanstack-react-query'
import type { Api } from '../app/api.ts'

/** A page as it came over the wire. */
export type LoadedPage = inferOutput<Api['webhooks']['list']>
export type LoadedRow = LoadedPage['items'][number]

/** The loaded pages with what a newly read first page says of the rows they have; rows keep their places. */
export function withNewerRows(pages: LoadedPage[], head: LoadedPage): LoadedPage[] {
  const byId = new Map(head.items.map((item) => [item.id, item]))
  let changed = false
  const patched = pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      const reading = byId.get(item.id)
      if (!reading || JSON.stringify(reading) === JSON.stringify(item)) return item
      changed = true
      return reading
    }),
  }))
  return changed ? patched : pages
}

/**
 * The rows of a newly read first page that came since: those above the newest row that is loaded. A filter
 * by state can bring up older ones, which are new to the list too.
 */
export function newRows(pages: readonly LoadedPage[], head: LoadedPage): readonly LoadedRow[] {
  const loaded = new Set(pages.flatMap((page) => page.items.map((item) => item.id)))
  const isWhole = pages.at(-1)?.nextCursor === null
  const lastKnown = head.items.findLastIndex((item) => loaded.has(item.id))
  const end = isWhole || lastKnown === -1 ? head.items.length : lastKnown
  return head.items.slice(0, end).filter((item) => !loaded.has(item.id))
}

/** A tail that runs for hours would otherwise keep all that it ever let in. */
const LET_IN_MAX = 500

/**
 * The loaded pages with a newly read first page on top of them: what it holds is as it says, what is below
 * it stays. Null where the two do not meet or there are too many rows by now: then it alone is to be shown.
 */
export function withHead(pages: readonly LoadedPage[], head: LoadedPage): LoadedPage[] | null {
  const ids = new Set(head.items.map((item) => item.id))
  const last = pages.flatMap((page) => page.items).findLastIndex((item) => ids.has(item.id))
  if (last === -1) return null
  let position = 0
  const below = pages.map((page) => ({
    ...page,
    items: page.items.filter(() => position++ > last),
  }))
  const merged = below.map((page, index) =>
    index === 0 ? { ...page, items: [...head.items, ...page.items] } : page,
  )
  const count = merged.reduce((sum, page) => sum + page.items.length, 0)
  return count > LET_IN_MAX ? null : merged
}
