import { waysToApprove } from '@desk/shared/withdrawals/judge-votes'
import type { RequestRow } from '@desk/shared/withdrawals/request-view'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { readPendingQuestions } from './pending-questions.queries.ts'
import { requestRows, toRequestRows } from './request-rows.queries.ts'

/** What waits for this person's approval, in their own name or in another's, oldest first. */
export async function readInbox(
  db: Db,
  { actor, at }: { readonly actor: Pick<Actor, 'userId'>; readonly at: Date },
): Promise<readonly RequestRow[]> {
  const { waiting, delegations } = await readPendingQuestions(db, { at, named: [actor.userId] })
  const delegators = delegations.flatMap(({ from, to }) => (to === actor.userId ? [from] : []))
  const mine = waiting.flatMap(({ id, question }) =>
    waysToApprove(question, actor.userId, delegators).length > 0 ? [id] : [],
  )
  if (mine.length === 0) return []
  const rows = await requestRows(db)
    .where('request.id', 'in', mine)
    .orderBy('request.submitted_at')
    .orderBy('request.id')
    .execute()
  return toRequestRows(db, rows)
}
