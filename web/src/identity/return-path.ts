/**
 * Where to go after signing in: a path of Desk itself, else the first screen. Whoever wrote the link
 * chose this text, so anything a browser could read as another origin is dropped.
 */
export function safeReturnPath(text: unknown): string {
  if (typeof text !== 'string' || !text.startsWith('/')) return '/'
  const there = URL.parse(text, OWN)
  if (there?.origin !== OWN || there.pathname.startsWith('/sign-in')) return '/'
  return there.pathname + there.search + there.hash
}

/** Stands for our own origin; no real one can equal it. */
const OWN = 'https://desk.invalid'
