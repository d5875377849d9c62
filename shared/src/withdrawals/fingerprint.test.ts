import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { canonicalContent, fingerprintGroups, fingerprintOf } from './fingerprint.ts'
import { anyContent } from './request-content.fixtures.ts'
import { readCanonicalContent, requestContent } from './request-content-schema.ts'

const fields = z.keyof(requestContent).options

describe('the fingerprint of a request', () => {
  test('is the SHA-256 of the canonical text, as published', () => {
    // FIPS 180-2, appendix B.1.
    expect(fingerprintOf('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('is made of a text that anybody can write down from RFC 8785', () => {
    const content = requestContent.parse({
      amountCents: 125_000,
      currency: 'USD',
      network: 'eip155:8453',
      destination: '0x52908400098527886E0F7030069857D2E4169EE7',
      orderId: 'WD-20261123-7F3K9Q2M0A',
      reason: 'Invoice 17, "Müller & Söhne"\nsecond line',
      attachmentSha256: null,
      policyVersion: 3,
      nonce: '0123456789abcdef',
    })
    expect(canonicalContent(content)).toBe(
      '{"amountCents":125000,"attachmentSha256":null,"currency":"USD","destination":"0x52908400098527886E0F7030069857D2E4169EE7","network":"eip155:8453","nonce":"0123456789abcdef","orderId":"WD-20261123-7F3K9Q2M0A","policyVersion":3,"reason":"Invoice 17, \\"Müller & Söhne\\"\\nsecond line"}',
    )
  })

  test('changes with any single field, and with nothing else', () => {
    fc.assert(
      fc.property(anyContent, anyContent, fc.constantFrom(...fields), (content, other, field) => {
        const changed = { ...content, [field]: other[field] }
        const isSame = content[field] === other[field]
        expect(canonicalContent(changed) === canonicalContent(content)).toBe(isSame)
        expect(print(changed) === print(content)).toBe(isSame)
      }),
      { numRuns: 500 },
    )
  })

  test('is the same in whatever order the fields came and whatever else came with them', () => {
    fc.assert(
      fc.property(anyContent, fc.string(), (content, more) => {
        const turned = Object.fromEntries(Object.entries(content).toReversed())
        const row = { ...requestContent.parse(turned), more }
        expect(print(row)).toBe(print(content))
      }),
    )
  })

  test('changes with the last character of a long text', () => {
    fc.assert(
      fc.property(anyContent, fc.nat(900), (content, length) => {
        const reason = `${content.reason}${'a'.repeat(length)}`
        expect(print({ ...content, reason: `${reason}b` })).not.toBe(
          print({ ...content, reason: `${reason}c` }),
        )
      }),
    )
  })

  test('moving a character from one field to the next is another request', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const moved = {
          ...content,
          orderId: content.orderId.slice(0, -1),
          reason: `${content.orderId.slice(-1)}${content.reason}`,
        }
        expect(print(moved)).not.toBe(print(content))
      }),
    )
  })

  test('the canonical text reads back as the content, and no other spelling of it does', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const text = canonicalContent(content)
        expect(readCanonicalContent(text)).toEqual(content)
        expect(readCanonicalContent(` ${text}`)).toBeNull()
        expect(readCanonicalContent(JSON.stringify({ ...content, more: 1 }))).toBeNull()
        expect(readCanonicalContent(text.replace(/,"reason".*$/s, '}'))).toBeNull()
      }),
    )
    expect(readCanonicalContent('')).toBeNull()
    expect(readCanonicalContent('[]')).toBeNull()
  })

  test('is shown as eight groups of four', () => {
    const fingerprint = fingerprintOf('abc')
    const groups = fingerprintGroups(fingerprint)
    expect(groups).toEqual(['ba78', '16bf', '8f01', 'cfea', '4141', '40de', '5dae', '2223'])
    expect(fingerprint.startsWith(groups.join(''))).toBe(true)
  })
})

describe('what can be signed', () => {
  const good = fc.sample(anyContent, { numRuns: 1, seed: 1 })[0]

  test.each([
    ['no amount', { amountCents: 0 }],
    ['a negative amount', { amountCents: -100 }],
    ['99 cents', { amountCents: 99 }],
    ['a cent too much', { amountCents: 100_000_001 }],
    ['a fraction of a cent', { amountCents: 100.5 }],
    ['an amount as text', { amountCents: '1000' }],
    ['more than a number holds exactly', { amountCents: 2 ** 53 }],
    ['another currency', { currency: 'EUR' }],
    ['a network by its number', { network: '8453' }],
    ['an address with a space', { destination: '0x52 90' }],
    ['no order id', { orderId: '' }],
    ['an order id that is too long', { orderId: 'a'.repeat(256) }],
    ['a reason of nothing but spaces', { reason: ' \n ' }],
    ['a reason that turns round what follows', { reason: 'pay \u202E001$' }],
    ['a reason with a NUL', { reason: 'a\0b' }],
    ['a reason with half a surrogate pair', { reason: 'a\ud800b' }],
    ['a reason as long as a book', { reason: 'a'.repeat(1_001) }],
    ['a short hash', { attachmentSha256: 'abc' }],
    ['no policy', { policyVersion: 0 }],
    ['a field that nobody would see', { fee: 1 }],
  ])('is not %s', (_, change) => {
    expect(requestContent.safeParse(good).success).toBe(true)
    expect(requestContent.safeParse({ ...good, ...change }).success).toBe(false)
  })
})

function print(content: Parameters<typeof canonicalContent>[0]): string {
  return fingerprintOf(canonicalContent(content))
}
