import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { rangeText } from '../ui/date-presets.ts'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { actionText, kindText, outcomeWords } from './audit-words.ts'

/** One filter in words, and the query as it is without it. */
interface AuditChip {
  readonly name: string
  readonly value: string
  readonly without: AuditQuery
}

/** Every filter that is set, except the text, which stands in its own field. */
export function auditChips(
  query: AuditQuery,
  { today, nameOf }: { readonly today: string; readonly nameOf: (actor: string) => string },
): readonly AuditChip[] {
  const { actor, action, outcome, subjectKind, subjectId, from, to } = query
  const days = rangeText({ from: from ?? null, to: to ?? null }, today)
  return [
    ...(actor === undefined
      ? []
      : [{ name: 'who', value: nameOf(actor), without: without(query, 'actor') }]),
    ...(action === undefined
      ? []
      : [{ name: 'what', value: actionText(action), without: without(query, 'action') }]),
    ...(outcome === undefined
      ? []
      : [
          {
            name: 'outcome',
            value: outcomeWords[outcome].word,
            without: without(query, 'outcome'),
          },
        ]),
    ...(subjectKind === undefined && subjectId === undefined
      ? []
      : [
          {
            name: 'about',
            value: aboutText(subjectKind, subjectId),
            without: without(query, 'subjectKind', 'subjectId'),
          },
        ]),
    ...(days === '' ? [] : [{ name: 'days', value: days, without: without(query, 'from', 'to') }]),
  ]
}

function aboutText(kind: string | undefined, id: string | undefined): string {
  return [
    ...(kind === undefined ? [] : [kindText(kind)]),
    ...(id === undefined ? [] : [shortIdentifier(id)]),
  ].join(' ')
}

/** The query without these of its fields. */
export function without(query: AuditQuery, ...fields: readonly (keyof AuditQuery)[]): AuditQuery {
  const rest = { ...query }
  for (const field of fields) delete rest[field]
  return rest
}
