import { createHmac, timingSafeEqual } from 'node:crypto'
import { derivedKey } from '../kernel/sealed.ts'

/** Makes and reads the links of invitations. */
export interface InvitationLinks {
  /** The token travels behind the `#`, which browsers send to nobody. */
  linkOf(invitationId: string): string
  /** The invitation this token is for, or null when Desk did not make it. */
  idIn(token: string): string | null
}

/**
 * A token is the invitation's id with a signature: it can be made again for the mail, and nothing that
 * is stored opens anything.
 */
export function invitationLinks(
  publicUrl: URL,
  encryptionKey: string | Uint8Array,
): InvitationLinks {
  const key = derivedKey(encryptionKey, 'desk invitation v1')
  const tokenOf = (id: string) =>
    `${id}.${createHmac('sha256', key).update(id).digest('base64url')}`
  return {
    linkOf: (id) => new URL(`/invitation#${tokenOf(id)}`, publicUrl).href,
    idIn(token) {
      const text = token.trim()
      const [id = ''] = text.split('.')
      // As a whole: decoding would forgive what was added to a signature.
      const expected = Buffer.from(tokenOf(id))
      const presented = Buffer.from(text)
      const isOurs = presented.length === expected.length && timingSafeEqual(presented, expected)
      return isOurs ? id : null
    },
  }
}
