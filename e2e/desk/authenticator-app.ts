import { createHash, createHmac } from 'node:crypto'
import { handedOut } from './handed-out.ts'

const stepMs = 30_000
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The app on a person's phone; written apart from Desk's own code, after RFC 6238. */
export interface AuthenticatorApp {
  /** A code that Desk has not seen yet: of this moment, else of the next, which Desk takes too. */
  nextCode(): Promise<string>
  /** Digits that are wrong at every moment near this one. */
  wrongCode(): string
}

/** `secret` is base32, as the page that shows the QR code spells it out. */
export function authenticatorApp(secret: string): AuthenticatorApp {
  const key = fromBase32(secret)
  handedOut(secret.replaceAll(/\s/g, ''))
  let lastStep = 0
  return {
    async nextCode() {
      const step = Math.max(currentStep(), lastStep + 1)
      // Two codes ahead is more than Desk forgives a clock.
      while (step > currentStep() + 1) await new Promise((resolve) => setTimeout(resolve, 250))
      lastStep = step
      return codeAt(key, step)
    },
    wrongCode() {
      const near = [-2, -1, 0, 1, 2].map((steps) => codeAt(key, currentStep() + steps))
      return (
        ['000000', '111111', '222222', '333333', '444444', '555555'].find(
          (code) => !near.includes(code),
        ) ?? '666666'
      )
    },
  }
}

const demoApps = new Map<string, AuthenticatorApp>()

/** The app of a demo person: their secrets are fixed, as `pnpm demo:code` knows them. */
export function demoApp(email: string): AuthenticatorApp {
  const digest = createHash('sha256').update(`desk demo authenticator ${email}`).digest()
  const app = demoApps.get(email) ?? authenticatorApp(toBase32(digest.subarray(0, 20)))
  demoApps.set(email, app)
  return app
}

export async function codeFor(email: string): Promise<string> {
  return demoApp(email).nextCode()
}

function currentStep(): number {
  return Math.floor(Date.now() / stepMs)
}

function codeAt(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', key).update(counter).digest()
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 0xf) & 0x7fff_ffff
  return String(number % 1_000_000).padStart(6, '0')
}

function toBase32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const letters = text.toUpperCase().replaceAll(/[\s=]/g, '')
  const bits = Array.from(letters, (letter) => {
    const value = alphabet.indexOf(letter)
    if (value < 0) throw new Error(`No base32: ${letter}`)
    return value.toString(2).padStart(5, '0')
  }).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
