import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const flag = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 }

/** What a browser or an authenticator may get wrong, or an attacker bend. */
export interface Bent {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly isUserVerified?: boolean
  readonly signCount?: number
  readonly type?: string
}

/**
 * An authenticator in software with one ES256 credential, and the browser around it: real bytes and
 * real signatures, counting up at every use.
 */
export function softPasskey(site: { readonly origin: string; readonly rpId: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const shown = { id: id.toString('base64url'), rawId: id.toString('base64url') }
  const rest = { type: 'public-key', clientExtensionResults: {} }
  let signCount = 0

  const dataOf = (options: { readonly challenge: string }, bent: Bent, type: string) => {
    signCount += 1
    const client = {
      type: bent.type ?? type,
      challenge: bent.challenge ?? options.challenge,
      origin: bent.origin ?? site.origin,
      crossOrigin: false,
    }
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(bent.signCount ?? signCount)
    const verified = (bent.isUserVerified ?? true) ? flag.userVerified : 0
    return {
      clientData: Buffer.from(JSON.stringify(client)),
      authenticatorData: (more: number, tail: Buffer) =>
        Buffer.concat([
          sha256(Buffer.from(bent.rpId ?? site.rpId)),
          Buffer.from([flag.userPresent | verified | more]),
          counter,
          tail,
        ]),
    }
  }

  return {
    id: shown.id,
    /** `navigator.credentials.create`, without attestation. */
    create(options: { readonly challenge: string }, bent: Bent = {}) {
      const { clientData, authenticatorData } = dataOf(options, bent, 'webauthn.create')
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)])
      const attestation = isoCBOR.encode(
        new Map<string, string | Map<string, string> | Uint8Array>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authenticatorData(flag.attested, credential))],
        ]),
      )
      return {
        ...shown,
        ...rest,
        response: {
          clientDataJSON: clientData.toString('base64url'),
          attestationObject: Buffer.from(attestation).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    /** `navigator.credentials.get`. */
    get(options: { readonly challenge: string }, bent: Bent = {}) {
      const { clientData, authenticatorData } = dataOf(options, bent, 'webauthn.get')
      const data = authenticatorData(0, Buffer.alloc(0))
      const signed = Buffer.concat([data, sha256(clientData)])
      return {
        ...shown,
        ...rest,
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, privateKey).toString('base64url'),
        },
      }
    },
  }
}

/** An EC2 key for ES256 (RFC 9053): kty, alg, crv, x, y. */
function coseKey(publicKey: ReturnType<typeof generateKeyPairSync>['publicKey']): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]),
  )
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
