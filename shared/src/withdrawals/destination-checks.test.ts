import { describe, expect, test } from 'vitest'
import { checkDestination, failedChecks } from './destination-checks.ts'
import { destinationChecks } from './passport.ts'

const network = 'eip155:8453'
const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const usdc = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const known = { tokenContracts: [usdc], isOwnDepositAddress: false }

function failing(at: { network?: string; address?: string }, about = known) {
  return checkDestination({ network, address, ...at }, about)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check }) => check)
}

describe('before money goes to an address', () => {
  test('every check is made and says so in words', () => {
    const checks = checkDestination({ network, address }, known)
    expect(checks.map(({ check }) => check)).toEqual([...destinationChecks])
    expect(checks.every(({ verdict, sentence }) => verdict === 'pass' && sentence !== '')).toBe(
      true,
    )
    expect(failedChecks(checks)).toEqual([])
  })

  test('a wrong checksum, zero, a burn address, a token and one of our own are each refused', () => {
    expect(failing({ address: address.replace('A', 'a') })).toEqual(['checksum'])
    expect(failing({ address: `0x${'0'.repeat(40)}` })).toEqual(['not_zero'])
    expect(failing({ address: '0x000000000000000000000000000000000000dEaD' })).toEqual(['not_burn'])
    expect(failing({ address: '0xdead000000000000000042069420694206942069' })).toEqual(['not_burn'])
    expect(failing({ address: `0x${'0'.repeat(39)}1` })).toEqual(['not_burn'])
    expect(failing({ address: usdc })).toEqual(['not_token_contract'])
    expect(failing({ address: usdc.toLowerCase() })).toEqual(['not_token_contract'])
    expect(failing({}, { ...known, isOwnDepositAddress: true })).toEqual([
      'not_own_deposit_address',
    ])
    const words = failedChecks(checkDestination({ network, address: usdc }, known))
    expect(words).toEqual([expect.stringMatching(/contract of a token/)])
  })

  test('on a network without EIP-55 the form is all there is to check', () => {
    const tron = { network: 'tron:0x2b6653dc', address: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8' }
    expect(checkDestination(tron, known)[0]).toMatchObject({ verdict: 'not_applicable' })
    expect(failing({ ...tron, address })).toEqual(['checksum'])
    expect(failing({ ...tron, address: 'T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb' })).toEqual([
      'not_zero',
    ])
    const solana = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
    expect(failing({ network: solana, address: '1'.repeat(32) })).toEqual(['not_zero'])
    const burn = '1nc1nerator11111111111111111111111111111111'
    expect(failing({ network: solana, address: burn })).toEqual(['not_burn'])
  })
})
