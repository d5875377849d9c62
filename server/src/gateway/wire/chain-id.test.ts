import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chainIdField, chainIdFormIn, chainIdToSend } from './chain-id.ts'

const network = (raw: unknown) => chainIdField.parse(raw)?.network

describe('chain ids', () => {
  test('number, numeric text and CAIP-2 name the same EVM network and keep their form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (id) => {
        for (const raw of [id, String(id), `00${id}`, `eip155:${id}`, `EIP155:0${id}`]) {
          expect(chainIdField.parse(raw)).toEqual({ network: `eip155:${id}`, raw })
        }
      }),
    )
  })

  test.for([
    ['bip122:000000000019d6689c085ae165831e93'],
    ['tron:0x2b6653dc'],
    ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'],
    ['tvm:-239'],
    ['xrpl:0'],
    ['some-new-chain'],
  ])('%s stays as it is', ([id]) => {
    expect(network(id)).toBe(id)
  })

  test('nothing that is no chain id becomes one', () => {
    expect(chainIdField.parse(undefined)).toBeNull()
    expect(chainIdField.parse('  ')).toBeNull()
    for (const raw of [0, -1, 1.5, true, {}, 2 ** 53]) {
      expect(chainIdField.safeParse(raw).success).toBe(false)
    }
  })

  test('what is sent back reads as the same network, in either form', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999_999_999 }),
        fc.constantFrom('number' as const, 'caip2' as const),
        (id, form) => {
          const sent = chainIdToSend(`eip155:${id}`, form)
          expect(typeof sent).toBe(form === 'number' ? 'number' : 'string')
          expect(network(sent)).toBe(`eip155:${id}`)
        },
      ),
    )
    expect(chainIdToSend('tron:0x2b6653dc', 'number')).toBe('tron:0x2b6653dc')
  })

  test('the form of a host is seen anywhere in an answer', () => {
    expect(chainIdFormIn({ data: [{ quotes: [{ token: {}, chainId: 'eip155:1' }] }] })).toBe(
      'caip2',
    )
    expect(chainIdFormIn({ data: [{ chainId: 1 }] })).toBe('number')
    expect(chainIdFormIn({ data: [{ chainId: 'tron:0x2b6653dc' }] })).toBeNull()
    expect(chainIdFormIn('eip155:1')).toBeNull()
  })
})
