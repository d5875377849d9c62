/** The code of a Postgres error, or of the system call behind a lost connection; empty where there is none. */
export function faultCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

/**
 * Whether the connection, the server or another transaction was in the way, so that the same work may well
 * succeed in a moment.
 */
export function isPassingFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return passingCodes.test(faultCodeOf(error)) || lostConnections.test(error.message)
}

/** Connections, serialisation, resources, an operator, the system; or an errno. */
const passingCodes = /^(?:(?:08|40|53|55|57|58)|E[A-Z]+$)/
/** As pg words it, without any code. */
const lostConnections = /^(?:Connection terminated|timeout exceeded when trying to connect)/
