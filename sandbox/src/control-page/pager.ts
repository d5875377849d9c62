import { type Html, html } from '../pages/html.ts'
import { count } from './shown.ts'

export const pageSize = 50

export interface PageOf<T> {
  readonly rows: readonly T[]
  readonly total: number
  readonly offset: number
}

/** One page of a list that is sorted oldest first, newest on top. */
export function newestPage<T>(items: readonly T[], offset: number): PageOf<T> {
  const end = Math.max(items.length - offset, 0)
  return {
    rows: items.slice(Math.max(end - pageSize, 0), end).toReversed(),
    total: items.length,
    offset,
  }
}

/** Where one is in a long list, and the way on; keeps the filters of the query. */
export function pager<T>(
  path: string,
  query: Readonly<Record<string, string>>,
  page: PageOf<T>,
): Html | null {
  const { rows, total, offset } = page
  if (total <= pageSize && offset === 0) return null
  const to = (start: number) => {
    const params = new URLSearchParams({ ...query, offset: String(start) })
    return `${path}?${params.toString()}`
  }
  const shown =
    rows.length === 0
      ? `none of ${count(total)}`
      : `${count(offset + 1)}–${count(offset + rows.length)} of ${count(total)}`
  return html`<nav class="pager" aria-label="Pages">
    ${offset > 0 ? html`<a href="${to(Math.max(offset - pageSize, 0))}">Newer</a>` : html`<span></span>`}
    <span class="muted">${shown}</span>
    ${offset + rows.length < total ? html`<a href="${to(offset + pageSize)}">Older</a>` : html`<span></span>`}
  </nav>`
}
