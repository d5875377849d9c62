import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checksummed } from './destination-address.ts'
import { editDistance, nearestLookAlike } from './look-alike.ts'

const network = 'eip155:1'
const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const of = (...addresses: string[]) => addresses.map((one) => ({ address: one }))
const anyAddress = fc
  .array(fc.nat(15), { minLength: 40, maxLength: 40 })
  .map((digits) => checksummed(`0x${digits.map((digit) => digit.toString(16)).join('')}`))

describe('the address most easily taken for another', () => {
  test('is one with equal ends, and what differs is named', () => {
    const poisoned = '0x5aae0000000000000000000000000000000beaed'
    const found = nearestLookAlike({ network, address }, of(poisoned))
    expect(found?.candidate.address).toBe(poisoned)
    expect(found?.differsAt[0]).toBe(6)
    expect(found?.differsAt).not.toContain(41)
  })

  test('is one with a slip of the pen, wherever it is', () => {
    fc.assert(
      fc.property(anyAddress, fc.integer({ min: 2, max: 41 }), fc.nat(14), (one, at, by) => {
        const digit = Number.parseInt(one.charAt(at), 16)
        const slip = ((digit + 1 + by) % 16).toString(16)
        const other = `${one.slice(0, at)}${slip}${one.slice(at + 1)}`.toLowerCase()
        const found = nearestLookAlike({ network, address: one }, of(other))
        expect(found).toEqual({ candidate: { address: other }, differsAt: [at] })
      }),
    )
  })

  test('is nearer by a slip than by equal ends alone', () => {
    const ends = '0x5aaeb605000000000000000000000000ef1beaed'
    const slip = address.toLowerCase().replace('f33', 'f34')
    expect(nearestLookAlike({ network, address }, of(ends, slip))?.candidate.address).toBe(slip)
  })

  test('is never the address itself, in any case, nor one that is unlike', () => {
    const itself = of(address, address.toLowerCase())
    expect(nearestLookAlike({ network, address }, itself)).toBeNull()
    const unlike = of('0x27b1fdb04752bbc536007a920d24acb045561c26')
    expect(nearestLookAlike({ network, address }, unlike)).toBeNull()
    expect(nearestLookAlike({ network, address }, [])).toBeNull()
  })

  test('on networks where case matters, another case is another address', () => {
    const tron = { network: 'tron:0x2b6653dc', address: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8' }
    const other = 'TJRabPrwbZy45sbavfcjinPJC18kjpRTV8'
    expect(nearestLookAlike(tron, of(other))?.differsAt).toEqual([32])
  })

  test('of another length is named by what lies between the equal ends', () => {
    const tron = { network: 'tron:0x2b6653dc', address: 'TJRabcdWXYZ' }
    expect(nearestLookAlike(tron, of('TJRabcd9WXYZ'))?.differsAt).toEqual([7])
    expect(nearestLookAlike(tron, of('TJRabcWXYZ'))?.differsAt).toEqual([6])
  })
})

describe('the edit distance', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })

  /** By its definition. */
  function slowly(left: string, right: string): number {
    if (left === '' || right === '') return left.length + right.length
    const cost = left.charAt(0) === right.charAt(0) ? 0 : 1
    return Math.min(
      slowly(left.slice(1), right) + 1,
      slowly(left, right.slice(1)) + 1,
      slowly(left.slice(1), right.slice(1)) + cost,
    )
  }

  test('is what its definition says', () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        expect(editDistance(left, right)).toBe(slowly(left, right))
      }),
    )
  })
})
