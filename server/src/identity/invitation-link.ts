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
  const signatureOf = (id: string) => createHmac('sha256', key).update(id).digest()
  return {
    linkOf: (id) =>
      new URL(`/invitation#${id}.${signatureOf(id).toString('base64url')}`, publicUrl).href,
    idIn(token) {
      const [id = '', signature = ''] = token.trim().split('.')
      const expected = signatureOf(id)
      const presented = Buffer.from(signature, 'base64url')
      const isOurs = presented.length === expected.length && timingSafeEqual(presented, expected)
      return isOurs ? id : null
    },
  }
}
