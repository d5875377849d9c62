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

test('where a sandbox stands in for SpacePay its own explorer is linked, whatever the chain', () => {
  const sandbox = 'http://127.0.0.1:4010/'
  expect(explorerTransactionUrl('eip155:84532', '0xab', sandbox)).toBe(
    'http://127.0.0.1:4010/explorer/eip155%3A84532/tx/0xab',
  )
  expect(explorerAddressUrl('tron:0x2b6653dc', 'TR7', sandbox)).toBe(
    'http://127.0.0.1:4010/explorer/tron%3A0x2b6653dc/address/TR7',
  )
})

test('what stands in for a hash cannot leave the explorer', () => {
  expect(explorerTransactionUrl('eip155:1', '../../@evil.example/?')).toBe(
    'https://etherscan.io/tx/..%2F..%2F%40evil.example%2F%3F',
  )
})
