/**
 * The mail domain of the demo people. `.test` can never be registered, so no real person has such an
 * address, and where the demo is off nobody with one can sign in, even on a database that once was a demo.
 */
export const DEMO_DOMAIN = 'desk.test'

export function isDemoEmail(email: string): boolean {
  return email.toLowerCase().endsWith(`@${DEMO_DOMAIN}`)
}
