import { betterAuth } from 'better-auth'
import type { Db } from '../database.ts'
import { ownOrigins } from '../kernel/own-origins.ts'
import type { SessionCookie } from './session-cookie.ts'

export const AUTH_PATH = '/api/auth'
const PASSWORD_LENGTH_MIN = 12
/** The end of a session however busy it is; its idle limit is judged at each request. */
const SESSION_SECONDS = 12 * 3_600
const ADDRESS_HEADER = 'x-desk-client-address'

/** The part of pino that is needed here. */
export interface AuthLog {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export interface AuthLibrary {
  /** Answers as better-auth would; rejects on a defect, for instance when Postgres does not answer. */
  handler(request: Request): Promise<Response>
}

/** better-auth over our tables: it checks passwords and writes sessions, everything around it is ours. */
export function authLibrary(
  db: Db,
  cookie: SessionCookie,
  { publicUrl, log }: { readonly publicUrl: URL; readonly log: AuthLog },
): AuthLibrary {
  const attributes = { secure: cookie.secure, httpOnly: true, sameSite: 'lax', path: '/' } as const
  const named = (suffix: string) => ({ name: `${cookie.name}${suffix}`, attributes })
  return betterAuth({
    appName: 'SpacePay Desk',
    baseURL: publicUrl.origin,
    basePath: AUTH_PATH,
    database: { db, type: 'postgres', transaction: true },
    // Given as a list, because an environment variable of the library's own outranks a single one.
    secrets: [{ version: 1, value: cookie.secret }],
    trustedOrigins: [...ownOrigins(publicUrl)],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    // Attempts are counted per account as well as per address, see sign-in-attempts.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { throw: true },
    logger: {
      log: (level, message) => log[level === 'debug' ? 'info' : level]({ part: 'auth' }, message),
    },
    advanced: {
      // The `__Host-` names below already say what this switch would say with `__Secure-`.
      useSecureCookies: false,
      // Both default to off under NODE_ENV=test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      cookies: {
        session_token: named(''),
        session_data: named('_data'),
        account_data: named('_account'),
        dont_remember: named('_short'),
      },
    },
  })
}

/** The request as the library may see it: our reading of the body, no forwarding headers. */
export function forLibrary(
  request: Request,
  body: Record<string, string>,
  address: string,
): Request {
  const headers = new Headers({
    'content-type': 'application/json',
    [ADDRESS_HEADER]: address,
  })
  for (const name of ['origin', 'cookie', 'user-agent']) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) })
}
