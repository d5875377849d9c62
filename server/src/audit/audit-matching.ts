import { sql } from 'kysely'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { type BusinessDayRule, instantsOfDays } from '@desk/shared/time/business-day'
import { indexableText, storableText } from '../kernel/storable-text.ts'
import type { EntrySelection } from './chained-rows.queries.ts'

/** Leaves the entries that a query asks for; its days being business days. */
export function matching(
  rows: EntrySelection,
  query: AuditQuery,
  rule: BusinessDayRule,
): EntrySelection {
  const { actor, action, outcome, subjectKind, subjectId, text } = query
  const days = instantsOfDays({ from: query.from ?? null, to: query.to ?? null }, rule)
  let left = rows
  if (actor !== undefined) left = left.where('actor_id', '=', indexableText(actor))
  if (action !== undefined) left = withAction(left, storableText(action))
  if (outcome !== undefined) left = left.where('outcome', '=', outcome)
  if (subjectKind !== undefined) left = left.where('subject_kind', '=', subjectKind)
  if (subjectId !== undefined) left = left.where('subject_id', '=', indexableText(subjectId))
  if (days.from !== null) left = left.where('at', '>=', new Date(days.from))
  if (days.before !== null) left = left.where('at', '<', new Date(days.before))
  return text === undefined ? left : left.where(mentions(storableText(text)))
}

function withAction(rows: EntrySelection, action: string): EntrySelection {
  return action.endsWith('.')
    ? rows.where(sql<boolean>`starts_with(action, ${action})`)
    : rows.where('action', '=', action)
}

function mentions(text: string) {
  return sql<boolean>`strpos(
    lower(concat_ws(chr(10), actor_name, actor_email, reason, subject_id, subject_label, request_id)),
    lower(${text})) > 0`
}
