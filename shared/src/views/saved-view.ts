import * as z from 'zod/mini'
import { role, type Role, roleText } from '../identity/roles.ts'
import type { UserId } from '../identity/session.ts'
import { isSameColumns, type PaymentColumn, shownColumns } from '../payments/payment-column.ts'
import { everyPayment, type PaymentQuery, paymentQuery } from '../payments/payment-query.ts'
import { storable } from '../text/storable.ts'

export const VIEW_NAME_MAX = 60
/** Views one person may own. */
export const VIEWS_MAX = 100
/** Views that are counted in one request. */
export const VIEWS_COUNTED_MAX = 60

export const viewName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(VIEW_NAME_MAX, `must be at most ${VIEW_NAME_MAX} characters`),
    storable,
  )

const viewId = z.string().check(z.minLength(1), z.maxLength(64), storable)
const columns = z.nullable(shownColumns)
const sharedWith = z.nullable(role)

export const saveViewInput = z.object({ name: viewName, query: paymentQuery, columns, sharedWith })
export type SaveViewInput = z.infer<typeof saveViewInput>

/** Parts that are left out stay as they are. `version` is the one that was seen, so nobody undoes what they did not see. */
export const changeViewInput = z.object({
  id: viewId,
  version: z.int().check(z.positive()),
  name: z.optional(viewName),
  query: z.optional(paymentQuery),
  columns: z.optional(columns),
  sharedWith: z.optional(sharedWith),
})
export type ChangeViewInput = z.infer<typeof changeViewInput>

export const deleteViewInput = z.object({ id: viewId })

export const countViewsInput = z.object({
  ids: z.array(viewId).check(z.maxLength(VIEWS_COUNTED_MAX)),
})

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

/** A query from the database: what it does not say, since it was saved by an older Desk, asks for nothing. Null where it cannot be read. */
export function readStoredQuery(stored: unknown): PaymentQuery | null {
  if (typeof stored !== 'object' || stored === null) return null
  const read = z.safeParse(paymentQuery, { ...everyPayment, ...stored })
  return read.success ? read.data : null
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
