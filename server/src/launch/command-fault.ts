import pg from 'pg'
import { EmbeddedPostgresError } from '../embedded-postgres/embedded-postgres-error.ts'
import { LaunchError } from './checks.ts'

/** What went wrong in a command that a person runs beside Desk, in words for them. */
export function commandFault(error: unknown, usage: string): string {
  if (error instanceof LaunchError || error instanceof EmbeddedPostgresError) return error.message
  if (error instanceof pg.DatabaseError) {
    return error.code === '42P01'
      ? 'This database holds no Desk, or one of before the audit log. Start Desk on it once.'
      : `The database refused: ${error.message}.`
  }
  if (error instanceof AggregateError) {
    return error.errors.map((each) => commandFault(each, usage)).join('\n')
  }
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('ERR_PARSE_ARGS')) return `${error.message}\n${usage}`
  if (/^E[A-Z]+$/.test(code)) return `The database cannot be reached: ${error.message}.`
  return error.stack ?? error.message
}
