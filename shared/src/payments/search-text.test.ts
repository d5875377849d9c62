import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSearchText, unwrapPasted } from './search-text.ts'

const uuid = '4291f98b-d68c-4eb0-883e-6bc790a41c96'
const address = '0x52aE9B2c8B3d5f1F0C3a4B6d7E8f9A0b1C2d4ee7'
const hash = `0x${'ab12'.repeat(16)}`

describe('what was pasted is reduced to the thing itself', () => {
  test.each([
    [`https://basescan.org/tx/${hash}`, hash],
    [`https://sepolia.etherscan.io/tx/${hash}#eventlog`, hash],
    [`basescan.org/address/${address}`, address],
    [`https://etherscan.io/token/${address}?a=1`, address],
    [`ethereum:${address}@8453?value=1`, address],
    [`eip155:8453:${address}`, address],
    [`https://pay.example/payment?paymentId=${uuid}&secret=ps_1`, uuid],
    [`https://pay.example/payment?secret=ps_1&payment_id=pay%5F77`, 'pay_77'],
    [`https://pay.example/payment/${uuid}`, uuid],
    [`https://pay.example/payment/pay_77?secret=ps_1`, 'pay_77'],
    [`http://localhost:4010/checkout?paymentId=pay_77&secret=ps_1`, 'pay_77'],
    [`  "${uuid}"\n`, uuid],
    ['“ORDER-88271”,', 'ORDER-88271'],
    ["'ORDER-88271'", 'ORDER-88271'],
    ['<ORDER-88271>', 'ORDER-88271'],
    ['\tORDER-88271\0 ', 'ORDER-88271'],
    ['https://pay.example/%E0%A4%A', '%E0%A4%A'],
    [`hi, I paid, my tx is ${hash}. Where is my order?`, hash],
    [`here: https://basescan.org/tx/${hash}, thanks`, hash],
    [`${hash} and again ${hash}`, hash],
  ])('%s', (pasted, thing) => {
    expect(unwrapPasted(pasted)).toBe(thing)
  })

  test.each([
    'INV/2026/001',
    'A.B',
    "O'Brien",
    'say "hi"',
    '"red shoes" "size 9"',
    'a/b',
    `${hash} ${address}`,
  ])('%s is left as it is', (text) => {
    expect(unwrapPasted(text)).toBe(text)
  })

  test('the secret of a checkout link is never part of what is left', () => {
    const secret = fc.stringMatching(/^ps_[a-z0-9]{12}$/)
    const path = fc.constantFrom('/payment', '/checkout', `/payment/${uuid}`)
    fc.assert(
      fc.property(path, secret, (where, value) => {
        const link = `https://pay.example${where}?secret=${value}&paymentId=${uuid}`
        expect(unwrapPasted(link)).not.toContain(value)
      }),
    )
  })

  test('any text at all is read without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(readSearchText(text).kind).toMatch(/^(everything|identifier|prefix|words)$/)
      }),
    )
  })
})

describe('what the text asks for', () => {
  test.each([
    ['', { kind: 'everything' }],
    ['   ', { kind: 'everything' }],
    ['""', { kind: 'everything' }],
    [uuid, { kind: 'identifier', value: uuid }],
    [uuid.toUpperCase(), { kind: 'identifier', value: uuid.toUpperCase() }],
    [address, { kind: 'identifier', value: address }],
    [hash.slice(2), { kind: 'identifier', value: hash.slice(2) }],
    ['88', { kind: 'prefix', value: '88' }],
    ['A-1', { kind: 'prefix', value: 'A-1' }],
    ['%_%', { kind: 'prefix', value: '%_%' }],
    ['Order-88', { kind: 'words', words: ['order-88'] }],
    ['Ada  GOLD ada', { kind: 'words', words: ['ada', 'gold'] }],
    ['"red shoes" 42', { kind: 'words', words: ['red shoes', '42'] }],
  ])('%j', (text, term) => {
    expect(readSearchText(text)).toEqual(term)
  })
})
