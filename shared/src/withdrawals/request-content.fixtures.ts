import * as fc from 'fast-check'
import type { RequestContent } from './request-content.ts'
import { requestContent } from './request-content-schema.ts'

const hex = (length: number) =>
  fc
    .array(fc.nat(15), { minLength: length, maxLength: length })
    .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
const word = (minLength: number, maxLength: number) =>
  fc
    .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength, maxLength })
    .map((codes) => String.fromCodePoint(...codes))

/** Any content that can be signed. */
export const anyContent: fc.Arbitrary<RequestContent> = fc
  .record({
    amountCents: fc.integer({ min: 100, max: 100_000_000 }),
    currency: fc.constant('USD'),
    network: fc.constantFrom('eip155:1', 'eip155:8453', 'tron:0x2b6653dc'),
    destination: hex(40).map((digits) => `0x${digits}`),
    orderId: word(1, 40),
    reason: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => requestContent.shape.reason.safeParse(text).success)
      .map((text) => text.trim()),
    attachmentSha256: fc.option(hex(64)),
    policyVersion: fc.integer({ min: 1, max: 1_000 }),
    nonce: word(16, 40),
  })
  .map((content) => requestContent.parse(content))
