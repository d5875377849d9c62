/**
 * Where to go after signing in: a path of Desk itself, else the first screen. Whoever wrote the link
 * chose this text, so anything a browser could read as another origin is dropped: a second slash, a
 * backslash, which browsers take for one, and control characters, which they leave out.
 */
export function safeReturnPath(text: unknown): string {
  if (typeof text !== 'string' || !ownPath.test(text)) return '/'
  return text.startsWith('/sign-in') ? '/' : text
}

const ownPath = /^\/(?!\/)[^\\\p{Cc}]*$/u
