import { type Role, roleText } from '../identity/roles.ts'
import type { UserId } from '../identity/session.ts'
import { isSameColumns, type PaymentColumn } from '../payments/payment-column.ts'
import type { PaymentQuery } from '../payments/payment-query.ts'

export const VIEW_NAME_MAX = 60
/** Views one person may own. */
export const VIEWS_MAX = 100
/** Views that are counted in one request. */
export const VIEWS_COUNTED_MAX = 60

/** A question that somebody gave a name. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** Null once they left: it belongs to the role it is shared with. */
  readonly owner: { readonly id: UserId; readonly name: string } | null
  /** Everybody who holds this role sees it, too. */
  readonly sharedWith: Role | null
  /** Its days may move along with the calendar. */
  readonly query: PaymentQuery
  /** Null shows everybody the columns they like. */
  readonly columns: readonly PaymentColumn[] | null
  readonly version: number
}

/** Past the bound `exact` is false and the count a lower limit. */
export interface ViewCount {
  readonly id: string
  /** Null where it took too long to count. */
  readonly count: number | null
  readonly exact: boolean
}

interface Holding {
  readonly owner: { readonly id: UserId; readonly name: string } | null
  readonly sharedWith: Role | null
}

interface Viewer {
  readonly userId: UserId
  readonly roles: readonly Role[]
}

/** One's own, those shared with a role one holds, and for admins all that are shared. */
export function isViewSeen({ owner, sharedWith }: Holding, { userId, roles }: Viewer): boolean {
  if (owner?.id === userId) return true
  return sharedWith !== null && (roles.includes(sharedWith) || roles.includes('admin'))
}

/** Why this person may not change or delete the view, in words for them, or null if they may. */
export function viewBlock(
  { owner, sharedWith }: Holding,
  { userId, roles }: Viewer,
): string | null {
  if (owner?.id === userId || roles.includes('admin')) return null
  if (owner !== null) return `Only ${owner.name} or an admin can change this view.`
  const isTheirs = sharedWith !== null && roles.includes(sharedWith)
  return isTheirs ? null : 'Only the role it belongs to or an admin can change this view.'
}

/** Why this person may not share with this role, in words for them, or null if they may. */
export function shareBlock(role: Role, { roles }: Pick<Viewer, 'roles'>): string | null {
  if (roles.includes(role)) return null
  return `Views are shared with roles one holds, and you do not hold ${roleText[role].label}.`
}

/** Whether the list shows what the view was saved with; `columns` null are those the view comes with. */
export function isViewChanged(
  view: Pick<SavedView, 'query' | 'columns'>,
  shown: { readonly query: PaymentQuery; readonly columns: readonly PaymentColumn[] | null },
): boolean {
  const hasOtherColumns = shown.columns !== null && !isSameColumns(shown.columns, view.columns)
  return (
    hasOtherColumns || JSON.stringify(inOrder(shown.query)) !== JSON.stringify(inOrder(view.query))
  )
}

/** The same question in one spelling: in which order values were ticked does not matter. */
function inOrder(query: PaymentQuery): PaymentQuery {
  return {
    text: query.text.trim(),
    statuses: query.statuses.toSorted(),
    types: query.types.toSorted(),
    tokens: query.tokens.toSorted(),
    networks: query.networks.toSorted(),
    minCents: query.minCents,
    maxCents: query.maxCents,
    createdFrom: query.createdFrom,
    createdTo: query.createdTo,
    createdPreset: query.createdPreset,
    judgements: query.judgements.toSorted(),
    terms: query.terms.map(({ name, key, value, isNot }) => ({ name, key, value, isNot })),
    sort: query.sort,
  }
}
