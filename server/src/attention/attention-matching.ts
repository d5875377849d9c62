import { type ExpressionBuilder, type Expression, sql, type SqlBool } from 'kysely'
import { attentionKinds } from '@desk/shared/attention/attention-kind'
import type { AttentionQuery, AttentionWhose } from '@desk/shared/attention/attention-query'
import type { Role } from '@desk/shared/identity/roles'
import type { Database } from '../database-schema.ts'
import { isOfSilence } from './silences.queries.ts'

/** Whom `mine` and `me` mean. */
export interface Viewer {
  readonly userId: string
  readonly roles: readonly Role[]
}

type ItemExpressions = ExpressionBuilder<Database & { item: Database['attention_item'] }, 'item'>

/** The where-clause of a query about the queue. */
export function matches(
  eb: ItemExpressions,
  { kinds, whose, state }: Pick<AttentionQuery, 'kinds' | 'whose' | 'state'>,
  viewer: Viewer,
): Expression<SqlBool> {
  return eb.and([
    // In words of its own, so that the partial indexes are seen to answer it.
    state === 'open' ? sql<SqlBool>`item.state = 'open'` : sql<SqlBool>`item.state = 'resolved'`,
    eb('item.kind', 'in', kinds.length > 0 ? kinds : attentionKinds),
    // What waits as one is told once, above the queue.
    ...(state === 'open' ? [sql<SqlBool>`not ${isOfSilence()}`] : []),
    ...whoseIs(eb, whose, viewer),
  ])
}

function whoseIs(
  eb: ItemExpressions,
  whose: AttentionWhose,
  { userId, roles }: Viewer,
): Expression<SqlBool>[] {
  switch (whose) {
    case 'anyone':
      return []
    case 'me':
      return [eb('item.assignee_id', '=', userId)]
    case 'nobody':
      return [eb('item.assignee_id', 'is', null), eb('item.assignee_role', 'is', null)]
    case 'mine': {
      const queued = roles.length > 0 ? [eb('item.assignee_role', 'in', roles)] : []
      const ofNobody = eb('item.assignee_role', 'is', null)
      return [
        eb.or([
          eb('item.assignee_id', '=', userId),
          eb.and([eb('item.assignee_id', 'is', null), eb.or([...queued, ofNobody])]),
        ]),
      ]
    }
    case 'support':
    case 'finance':
    case 'approver':
    case 'admin':
    case 'auditor':
      return [eb('item.assignee_role', '=', whose)]
  }
}
