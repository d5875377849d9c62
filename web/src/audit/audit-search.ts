import { auditQuery, type AuditQuery } from '@desk/shared/audit/audit-query'
import { type AuditSearch, queryFields } from './audit-address.ts'

/** What of the address makes sense, and the names of the fields that do not. */
export function readAuditSearch(search: AuditSearch): {
  readonly query: AuditQuery
  readonly problems: readonly (keyof AuditQuery)[]
} {
  const problems = queryFields.filter(
    (field) => !auditQuery.shape[field].safeParse(search[field]).success,
  )
  const sound = queryFields.filter((field) => !problems.includes(field))
  const query = auditQuery.parse(Object.fromEntries(sound.map((field) => [field, search[field]])))
  return { query: withoutGaps(query), problems }
}

/** The query as the address carries it. */
export function writeAuditSearch(query: AuditQuery): AuditSearch {
  const search: AuditSearch = {}
  for (const field of queryFields) {
    const text = query[field]
    if (text !== undefined) search[field] = text
  }
  return search
}

/** Where the file with all entries of this query comes from. */
export function exportHref(query: AuditQuery): string {
  const asked = new URLSearchParams(writeAuditSearch(query)).toString()
  return asked === '' ? '/exports/audit' : `/exports/audit?${asked}`
}

export function isNarrowed(query: AuditQuery): boolean {
  return Object.keys(query).length > 0
}

/** Undefined fields are left out, so that equal questions are equal keys. */
function withoutGaps(query: AuditQuery): AuditQuery {
  return auditQuery.parse(
    Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
  )
}
