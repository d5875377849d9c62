import { createHash } from 'node:crypto'

/** Opaque text that says where a page ended and that only `openCursor` with the same query accepts. */
export function sealCursor(position: string, query: object): string {
  return Buffer.from(checkOf(position, query) + position, 'utf8').toString('base64url')
}

/**
 * Null when the cursor was cut or edited, or was made for another query: its position would mean
 * something else there. The check guards against mistakes, not against forgers; a position is no secret.
 */
export function openCursor(cursor: string, query: object): string | null {
  const bytes = Buffer.from(cursor, 'base64url')
  // Decoding forgives stray characters and spare bits; a cursor we made encodes back to itself.
  if (bytes.toString('base64url') !== cursor) return null
  const decoded = bytes.toString('utf8')
  const position = decoded.slice(CHECK_CHARACTERS)
  return decoded.slice(0, CHECK_CHARACTERS) === checkOf(position, query) ? position : null
}

const CHECK_CHARACTERS = 16

function checkOf(position: string, query: object): string {
  const asked = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))
  const digest = createHash('sha256')
    .update(JSON.stringify([asked, position]))
    .digest('base64url')
  return digest.slice(0, CHECK_CHARACTERS)
}
