import type { AuditQuery } from '@desk/shared/audit/audit-query'

/** The address of the log: the query under the names the export takes too, and the open entry's number. */
export type AuditSearch = { [Field in keyof AuditQuery | 'entry']?: string }

export const queryFields = [
  'actor',
  'action',
  'outcome',
  'subjectKind',
  'subjectId',
  'from',
  'to',
  'text',
] as const satisfies readonly (keyof AuditQuery)[]

/** Keeps what was typed, sense or nonsense: `readAuditSearch` judges it, and the person can correct it. */
export function keepAuditSearch(search: Readonly<Record<string, unknown>>): AuditSearch {
  const kept: AuditSearch = {}
  for (const field of [...queryFields, 'entry'] as const) {
    const text = search[field]
    if (typeof text === 'string' && text !== '') kept[field] = text
  }
  return kept
}
