import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  isSameColumns,
  type PaymentColumn,
  usualColumns,
} from '@desk/shared/payments/payment-column'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import type { ListLook, ListLookChange } from '@desk/shared/views/list-look'
import { isViewChanged, type SavedView } from '@desk/shared/views/saved-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { columnsIn, searchOfView, type ViewSearch } from './view-address.ts'
import { viewsOptions } from './view-queries.ts'

/** What the list shows and where that comes from: the address, the view it names, the person's own look. */
export interface OpenView {
  /** Everything the person may see; empty until it is known. */
  readonly views: readonly SavedView[]
  readonly isKnown: boolean
  /** Null where the address names none, or one that is not there for this person. */
  readonly view: SavedView | null
  /** The address names a view that was deleted or is not shared with this person. */
  readonly isGone: boolean
  /** The list shows something else than what was saved. */
  readonly isChanged: boolean
  readonly query: PaymentQuery
  /** Null shows the usual ones. */
  readonly columns: readonly PaymentColumn[] | null
  /** Columns that were changed since, and are in the address only. */
  readonly addressColumns: readonly PaymentColumn[] | null
}

export function useOpenView(
  search: ViewSearch,
  { query, look }: { readonly query: PaymentQuery; readonly look: ListLook | null },
): OpenView {
  const { api } = signedInRoute.useRouteContext()
  const { data: views = [], isSuccess: isKnown } = useQuery(viewsOptions(api))
  const view = views.find(({ id }) => id === search.view) ?? null
  const addressColumns = columnsIn(search)
  return {
    views,
    isKnown,
    view,
    isGone: isKnown && search.view !== undefined && view === null,
    isChanged: view !== null && isViewChanged(view, { query, columns: addressColumns }),
    query,
    columns: addressColumns ?? view?.columns ?? look?.columns ?? null,
    addressColumns,
  }
}

/** Columns that came with a view or a link are changed in the address; all others are the person's own. */
export function useChangeColumns(
  { view, addressColumns }: OpenView,
  changeLook: (change: ListLookChange) => void,
) {
  const navigate = useNavigate()
  return (columns: readonly PaymentColumn[] | null) => {
    const given = view?.columns ?? null
    if (given === null && addressColumns === null) {
      changeLook({ columns: columns && [...columns] })
      return
    }
    const isGiven = columns === null || isSameColumns(columns, given)
    void navigate({
      to: '/payments',
      search: ({ cols: _cols, ...rest }) => ({
        ...rest,
        ...(!isGiven && { cols: columns.join() }),
      }),
      replace: true,
      resetScroll: false,
    })
  }
}

/** Opens a view as it was saved; null opens the list without one. */
export function useShowView() {
  const navigate = useNavigate()
  return (view: SavedView | null, { replace = false }: { readonly replace?: boolean } = {}) =>
    navigate({ to: '/payments', search: view === null ? {} : searchOfView(view), replace })
}

/** The address of what is on screen for a colleague, who may have chosen other columns. */
export function linkFor({ columns, view }: OpenView): string {
  const link = new URL(location.href)
  link.searchParams.delete('open')
  const comesWithView = columns !== null && isSameColumns(columns, view?.columns ?? null)
  const isUsual = columns === null || isSameColumns(columns, usualColumns)
  if (!comesWithView && !isUsual) link.searchParams.set('cols', columns.join())
  return link.href
}
