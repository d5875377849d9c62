/** Desk's word for "there is no session", which is no news on the sign-in page. */
const PLAIN = 'Sign in first.'

/** The history state with which the sign-in page says why the session is over, where there is a reason. */
export function farewellState(why: string): { farewell?: string } {
  return why === PLAIN ? {} : { farewell: why }
}
