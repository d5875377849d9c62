import { describe, expect, test } from 'vitest'
import { addressFault, checksummed } from './evm-address.ts'
import { keccak256 } from './keccak256.ts'

test('keccak-256 gives the published digests, also across a block’s edge', () => {
  expect(keccak256(Buffer.from(''))).toBe(
    'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  )
  expect(keccak256(Buffer.from('abc'))).toBe(
    '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45',
  )
})

describe('an address to pay to', () => {
  const published = [
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  ] as const

  test.each(published)('%s has its EIP-55 spelling', (address) => {
    expect(checksummed(address.toLowerCase())).toBe(address)
    expect(addressFault(address)).toBeNull()
    expect(addressFault(address.toLowerCase())).toBeNull()
  })

  test('is refused when its mixed case does not fit, when it is no address, and when it is zero', () => {
    expect(addressFault('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD')).toBe('wrong_checksum')
    expect(addressFault('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA')).toBe('not_an_address')
    expect(addressFault(`0x${'0'.repeat(40)}`)).toBe('zero_address')
  })
})
