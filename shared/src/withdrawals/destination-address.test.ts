import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checksummed, readAddress } from './destination-address.ts'

const ethereum = 'eip155:1'
// The vectors of EIP-55.
const published = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x27b1fdb04752bbc536007a920d24acb045561c26',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
]
const anyDigits = fc
  .array(fc.nat(15), { minLength: 40, maxLength: 40 })
  .map((digits) => digits.map((digit) => digit.toString(16)).join(''))

describe('an EVM address', () => {
  test.each(published)(
    '%s is spelled as published, from small letters and from capitals',
    (one) => {
      const digits = one.slice(2)
      for (const text of [one, one.toLowerCase(), `0x${digits.toUpperCase()}`, ` ${one}\n`]) {
        expect(readAddress(ethereum, text)).toEqual({ address: one, problem: null })
      }
    },
  )

  test('in mixed case has one right spelling: any other letter case is refused, never corrected', () => {
    fc.assert(
      fc.property(anyDigits, fc.nat(39), (digits, at) => {
        const right = checksummed(`0x${digits}`)
        const turned = turnCase(right, at + 2)
        const isMixed =
          /[a-f]/.test(turned.slice(2)) && /[A-F]/.test(turned.slice(2)) && turned !== right
        fc.pre(isMixed)
        expect(readAddress(ethereum, turned)).toMatchObject({
          address: null,
          problem: expect.stringMatching(/wrong checksum/),
        })
        expect(readAddress(ethereum, right).address).toBe(right)
      }),
    )
  })

  test('with one digit changed is refused wherever its checksum can tell', () => {
    const one = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    expect(readAddress(ethereum, one.replace('6053', '6054')).problem).toMatch(/wrong checksum/)
  })

  test.each([
    ['', /no address/],
    ['0x', /no address/],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe', /40 digits.*has 39/],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd', /40 digits.*has 41/],
    ['5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', /begins with 0x/],
    ['0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', /begins with 0x/],
    ['0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg', /no address/],
    ['0x5aaeb6053f3e94c9 b9a09f33669435e7ef1beaed', /no address/],
    ['vitalik.eth', /not a name/],
    ['TJRabPrwbZy45sbavfcjinPJC18kjpRTv8', /no address of this network/],
    ['0x5ааeb6053f3e94c9b9a09f33669435e7ef1beaed', /no address/],
  ])('"%s" is refused in words', (text, words) => {
    expect(readAddress(ethereum, text).problem).toMatch(words)
  })
})

describe('an address of another network', () => {
  test.each([
    ['tron:0x2b6653dc', 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8'],
    ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', '9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM'],
    ['bip122:000000000019d6689c085ae165831e93', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['bip122:000000000019d6689c085ae165831e93', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['near:mainnet', 'somebody.near'],
  ])('is known on %s by its form and kept letter for letter: %s', (network, address) => {
    expect(readAddress(network, address)).toEqual({ address, problem: null })
  })

  test.each(['tron:0x2b6653dc', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 'bip122:0000'])(
    'the right address on the wrong network is refused on %s',
    (network) => {
      const evm = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
      expect(readAddress(network, evm).problem).toMatch(/no address of this network/)
    },
  )
})

function turnCase(text: string, at: number): string {
  const one = text.charAt(at)
  const turned = one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()
  return `${text.slice(0, at)}${turned}${text.slice(at + 1)}`
}
