import { expect, test } from 'vitest'
import { explorerAddressUrl, explorerTransactionUrl, networkName } from './networks.ts'

test('a known chain has a name and links to its own explorer', () => {
  expect(networkName('eip155:8453')).toBe('Base')
  expect(explorerTransactionUrl('eip155:8453', '0xab')).toBe('https://basescan.org/tx/0xab')
  expect(explorerAddressUrl('eip155:1', '0xab')).toBe('https://etherscan.io/address/0xab')
})

test('an unknown chain keeps its id and gets no link at all', () => {
  expect(networkName('eip155:999999')).toBe('eip155:999999')
  expect(explorerTransactionUrl('eip155:999999', '0xab')).toBeNull()
  expect(explorerAddressUrl('constructor', '0xab')).toBeNull()
})

test('what stands in for a hash cannot leave the explorer', () => {
  expect(explorerTransactionUrl('eip155:1', '../../@evil.example/?')).toBe(
    'https://etherscan.io/tx/..%2F..%2F%40evil.example%2F%3F',
  )
})
