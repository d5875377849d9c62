import { describe, expect, test } from 'vitest'
import { searchTextOf } from './payment-search-text.ts'

describe('the text a payment is found by', () => {
  test('holds each word once in lower case, and leaves out what is not known', () => {
    const words = ['Pay-1', null, 'ORDER-8827', '0xABC', '0xABC']
    expect(searchTextOf({ words, customMetadata: null })).toBe('pay-1\norder-8827\n0xabc')
  })

  test('holds the keys and values of the metadata, however deep they lie', () => {
    const customMetadata = JSON.stringify({
      customer: { id: 42, tags: ['VIP', null] },
      note: '<script>alert(1)</script>',
      name: '\u202Eםולש',
    })
    expect(metadataText(customMetadata).split('\n')).toEqual([
      'customer.id=42',
      'customer.tags.0=vip',
      'customer.tags.1=null',
      'note=<script>alert(1)</script>',
      'name=\u202Eםולש',
    ])
  })

  test('finds a value under 300 levels of nesting and survives 8,000', () => {
    expect(metadataText(nested(300))).toContain('needle')
    expect(metadataText(nested(8_000)).length).toBeLessThanOrEqual(4_096)
  })

  test('takes metadata that is not JSON as it is', () => {
    expect(metadataText('Cart {51')).toBe('cart {51')
  })

  test('stays bounded for metadata far beyond what SpacePay allows', () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [n, n])))
    expect(metadataText(many).length).toBeLessThanOrEqual(4_096)
    expect(metadataText('x'.repeat(100_000)).length).toBeLessThanOrEqual(4_096)
    expect(metadataText(JSON.stringify('y'.repeat(9_000))).length).toBeLessThanOrEqual(4_096)
  })

  test('keys named like parts of JavaScript objects are only text', () => {
    expect(metadataText('{"__proto__":{"polluted":"yes"},"constructor":"x"}')).toBe(
      '__proto__.polluted=yes\nconstructor=x',
    )
    expect('polluted' in {}).toBe(false)
  })
})

function metadataText(customMetadata: string): string {
  return searchTextOf({ words: [], customMetadata })
}

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}"needle"${'}'.repeat(levels)}`
}
