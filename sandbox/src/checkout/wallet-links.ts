import { unitText } from '../payments/quote-amount.ts'
import { type Chain, isEvm } from '../registry/chains.ts'
import type { Token } from '../registry/tokens.ts'

/** What is to be sent where. */
export interface PaymentTarget {
  readonly token: Token
  readonly chain: Chain
  /** As the token's network writes it. */
  readonly address: string
  /** Base units; 0 leaves the amount to the payer. */
  readonly amount: bigint
}

interface WalletLink {
  readonly name: string
  readonly href: string
}

/**
 * What wallets read from a code or a link, or null where no standard says how a network writes it:
 * EIP-681 on EVM networks (https://eips.ethereum.org/EIPS/eip-681), BIP-21 and its likes on Bitcoin's
 * (https://github.com/bitcoin/bips/blob/master/bip-0021.mediawiki), Solana Pay
 * (https://docs.solanapay.com/spec) and TON's transfer links
 * (https://docs.ton.org/ecosystem/wallet-apps/deep-links).
 */
export function paymentUri(target: PaymentTarget): string | null {
  const { token, chain, address, amount } = target
  if (isEvm(chain)) return `ethereum:${evmRequest(target)}`
  const isNative = token.assetType === 'native'
  const units = amount === 0n ? null : unitText(amount, token.decimals)
  const scheme = bitcoinSchemes[token.symbol]
  if (scheme !== undefined) return `${scheme}:${address}${query({ amount: units })}`
  if (token.symbol === 'SOL' || chain.nativeSymbol === 'SOL') {
    const mint = isNative ? null : token.contractAddress
    return `solana:${address}${query({ amount: units, 'spl-token': mint })}`
  }
  if (chain.nativeSymbol === 'TON') {
    const jetton = isNative ? null : token.contractAddress
    const nano = amount === 0n ? null : amount.toString()
    return `ton://transfer/${address}${query({ jetton, amount: nano })}`
  }
  return null
}

/** Links that open a wallet by its name where it is installed, and its maker's page where it is not. */
export function walletLinks(target: PaymentTarget): WalletLink[] {
  return [metaMask(target), trustWallet(target)].filter((link) => link !== null)
}

const bitcoinSchemes: Readonly<Record<string, string>> = {
  BTC: 'bitcoin',
  LTC: 'litecoin',
  BCH: 'bitcoincash',
  DOGE: 'dogecoin',
}

/** The part that EIP-681 and MetaMask's links have in common. */
function evmRequest({ token, chain, address, amount }: PaymentTarget): string {
  if (token.assetType === 'native') {
    return `${address}@${chain.chainId}${query({ value: amount === 0n ? null : amount.toString() })}`
  }
  const uint256 = amount === 0n ? null : amount.toString()
  return `${token.contractAddress}@${chain.chainId}/transfer${query({ address, uint256 })}`
}

/** https://docs.metamask.io/metamask-connect/evm/guides/metamask-exclusive/use-deeplinks/: the amount is a must for tokens. */
function metaMask(target: PaymentTarget): WalletLink | null {
  if (!isEvm(target.chain) || target.amount === 0n) return null
  return { name: 'MetaMask', href: `https://link.metamask.io/send/${evmRequest(target)}` }
}

/**
 * The coin numbers in Trust Wallet's asset ids, which knows main networks only
 * (https://github.com/trustwallet/wallet-core/blob/master/docs/registry.md).
 */
const trustCoins: Readonly<Record<string, number>> = {
  Ethereum: 60,
  Polygon: 966,
  'BNB Smart Chain': 20_000_714,
  Base: 8_453,
  'Avalanche C-Chain': 10_009_000,
  Arbitrum: 10_042_221,
  Optimism: 10_000_070,
  Bitcoin: 0,
  Litecoin: 2,
  'Bitcoin Cash': 145,
  Dogecoin: 3,
  Tron: 195,
  Solana: 501,
  TON: 607,
  XRP: 144,
}

/** https://developer.trustwallet.com/developer/develop-for-trust/deeplinking: amounts are in whole tokens. */
function trustWallet({ token, chain, address, amount }: PaymentTarget): WalletLink | null {
  const coin = trustCoins[chain.name]
  if (coin === undefined) return null
  const asset = token.assetType === 'native' ? `c${coin}` : `c${coin}_t${token.contractAddress}`
  const units = amount === 0n ? null : unitText(amount, token.decimals)
  return {
    name: 'Trust Wallet',
    href: `https://link.trustwallet.com/send${query({ asset, address, amount: units })}`,
  }
}

/** `?a=1&b=2` without what is null; the values here need no escaping. */
function query(values: Readonly<Record<string, string | null>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${value}`],
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
