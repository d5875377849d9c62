import { timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const ISSUER = 'SpacePay Desk'
const STEP_MS = 30_000
/** A phone's clock may be off by this many steps, either way. */
const STEPS_OFF = 1

/** 160 random bits in base32, as authenticator apps take them. */
export function newAuthenticatorSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What the QR code says (the Key URI format). `label` is the account's e-mail address. */
export function authenticatorUri(secret: string, label: string): string {
  return new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret) }).toString()
}

/** The six digits that an app with this secret shows at that moment (RFC 6238: SHA-1, 30 seconds). */
export function authenticatorCode(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() })
}

/**
 * The 30-second steps around `at` whose code this is, the earliest first. Nearly always none or one:
 * now and then two steps share a code.
 */
export function stepsOfCode(secret: string, code: string, at: Date): readonly number[] {
  const now = Math.floor(at.getTime() / STEP_MS)
  const given = Buffer.from(code)
  const near = Array.from({ length: 2 * STEPS_OFF + 1 }, (_, index) => now - STEPS_OFF + index)
  return near.filter((step) => {
    const expected = Buffer.from(authenticatorCode(secret, new Date(step * STEP_MS)))
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
}
