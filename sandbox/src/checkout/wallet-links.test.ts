import { describe, expect, test } from 'vitest'
import { chainOf } from '../registry/chains.ts'
import { tokensOf } from '../registry/tokens.ts'
import { paymentUri, walletLinks } from './wallet-links.ts'

const evm = '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984'

describe('what wallets read', () => {
  test.each([
    [
      'a token on an EVM network (EIP-681)',
      target('USDC', 84532, 150_740_000n),
      `ethereum:0x00fc61d7de7655db3984db634e3489130ebeacf6@84532/transfer?address=${evm}&uint256=150740000`,
    ],
    [
      'the coin of an EVM network (EIP-681)',
      target('ETH', 11155111, 40_290_412_839_126_312n),
      `ethereum:${evm}@11155111?value=40290412839126312`,
    ],
    [
      'bitcoin (BIP-21)',
      { ...target('BTC', -1, 154_700n), address: 'bc1q' },
      'bitcoin:bc1q?amount=0.001547',
    ],
    [
      'SOL (Solana Pay)',
      { ...target('SOL', -6, 952_000_000n), address: 'So1' },
      'solana:So1?amount=0.952',
    ],
    [
      'a token on Solana (Solana Pay)',
      { ...target('USDC', -6, 150_740_000n), address: 'So1' },
      'solana:So1?amount=150.74&spl-token=EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
    ],
    [
      'TON',
      { ...target('TON', -7, 65_000_000_000n), address: 'UQ1' },
      'ton://transfer/UQ1?amount=65000000000',
    ],
    [
      'a token on TON',
      { ...target('USDT', -7, 150_740_000n), address: 'UQ1' },
      'ton://transfer/UQ1?jetton=EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs&amount=150740000',
    ],
    ['XRP, which no standard covers', { ...target('XRP', -8, 1n), address: 'r1' }, null],
    [
      'a token on Tron, which no standard covers',
      { ...target('USDT', -5, 1n), address: 'T1' },
      null,
    ],
    [
      'an open amount',
      target('USDC', 84532, 0n),
      `ethereum:0x00fc61d7de7655db3984db634e3489130ebeacf6@84532/transfer?address=${evm}`,
    ],
  ])('%s', (_, wanted, uri) => {
    expect(paymentUri(wanted)).toBe(uri)
  })
})

describe('links to wallets by name', () => {
  test('MetaMask is asked for base units, Trust Wallet for whole tokens', () => {
    expect(walletLinks(target('USDT', 56, 150_660_000_000_000_000_000n))).toEqual([
      {
        name: 'MetaMask',
        href: `https://link.metamask.io/send/0x55d398326f99059ff775485246999027b3197955@56/transfer?address=${evm}&uint256=150660000000000000000`,
      },
      {
        name: 'Trust Wallet',
        href: `https://link.trustwallet.com/send?asset=c20000714_t0x55d398326f99059ff775485246999027b3197955&address=${evm}&amount=150.66`,
      },
    ])
  })

  test('a wallet is named only where it knows the network', () => {
    const names = (wanted: Parameters<typeof walletLinks>[0]) =>
      walletLinks(wanted).map(({ name }) => name)
    expect(names(target('ETH', 84532, 1n))).toEqual(['MetaMask'])
    expect(names(target('BTC', -1, 1n))).toEqual(['Trust Wallet'])
    expect(names(target('USDC', 84532, 0n))).toEqual([])
  })
})

function target(symbol: string, chainId: number, amount: bigint) {
  const address = evm
  const token = tokensOf('caip2').find((one) => one.symbol === symbol && one.chainId === chainId)
  if (!token) throw new Error(`There is no ${symbol} on ${chainId}.`)
  return { token, chain: chainOf(token), address, amount }
}
