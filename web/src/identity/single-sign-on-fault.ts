import type { AuthRefusal } from './auth-requests.ts'

/** What Desk says when it led back here from the identity provider; null for anything it never says. */
export function singleSignOnFault(code: string | undefined): AuthRefusal | null {
  const message = code === undefined ? undefined : faults.get(code)
  if (code === undefined || message === undefined) return null
  return { code, message, field: null, retryAtMs: null }
}

const faults: ReadonlyMap<string, string> = new Map([
  ['sso_failed', 'Your provider did not sign you in. Try again.'],
  [
    'sso_no_role',
    'You are signed in at your provider, but nothing there gives you a role in Desk. Ask an admin to invite you.',
  ],
  ['sso_mismatch', 'This sign-in was begun somewhere else, or too long ago. Start again.'],
  ['sso_held_back', 'Too many attempts from your network. Try again in a quarter of an hour.'],
  ['sso_unreachable', 'Your identity provider does not answer. Try again in a moment.'],
])
