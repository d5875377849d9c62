import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const form = 'v1'
const nonceBytes = 12
const tagBytes = 16

/** Encrypts what Desk must be able to read again, such as the secret of an authenticator app. */
export interface Sealer {
  /** `holder` is whose secret it is: sealed text moved to another row does not open there. */
  seal(secret: string, holder: string): string
  /** Throws when the text was sealed with another key, for another holder, or was changed. */
  open(sealed: string, holder: string): string
}

/** AES-256-GCM under a key derived for this one purpose, so that no two uses share a key. */
export function sealerFor(encryptionKey: string | Uint8Array, purpose: string): Sealer {
  const key = derivedKey(encryptionKey, `desk sealed ${purpose} ${form}`)
  return {
    seal(secret, holder) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(holder))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `${form}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
    },
    open(sealed, holder) {
      const [version, text = ''] = sealed.split('.')
      const bytes = Buffer.from(text, 'base64url')
      if (version !== form || bytes.length < nonceBytes + tagBytes) {
        throw new Error('This is no sealed text.')
      }
      const nonce = bytes.subarray(0, nonceBytes)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(holder)).setAuthTag(bytes.subarray(-tagBytes))
      const body = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
      return Buffer.concat([body, decipher.final()]).toString('utf8')
    },
  }
}

/** 32 bytes that nobody without the encryption key can guess, another for every `use`. */
export function derivedKey(encryptionKey: string | Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', encryptionKey, '', use, 32))
}
