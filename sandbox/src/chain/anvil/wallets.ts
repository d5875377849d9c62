import { createHash } from 'node:crypto'
import { HDKey } from '@scure/bip32'
import { mnemonicToSeedSync } from '@scure/bip39'
import { addr, Transaction } from 'micro-eth-signer'
import { nativeAddress, type Token } from '../../registry/tokens.ts'
import type { Transfer } from '../carrier.ts'
import { keccak256 } from '../keccak256.ts'

/** The phrase every tool for local chains knows: its first ten accounts have coins and test tokens. */
export const mnemonic = 'test test test test test test test test test test test junk'

const GAS_LIMIT = 200_000n
const FEE_WEI = 50_000_000_000n
/** More than a transfer can cost. */
export const GAS_MONEY_WEI = GAS_LIMIT * FEE_WEI * 2n

export interface SignedTransfer {
  readonly hash: string
  readonly raw: string
  readonly sender: string
}

const root = HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic))

/** BIP-44 address of a named wallet, lower case: its path follows from the name, so no counter can be lost. */
export function derivedAddress(name: string): string {
  const digest = createHash('sha256').update(name).digest()
  // Two levels of 31 bits each, for names must not meet.
  const [account, index] = [digest.readUInt32BE(0) >>> 1, digest.readUInt32BE(4) >>> 1]
  return addressAt(`m/44'/60'/${account}'/0/${index}`)
}

/** One of the accounts that have money from the start. */
export function richAddress(index: number): string {
  return addressAt(`m/44'/60'/0'/0/${index}`)
}

/**
 * A transfer from an account made for it, as the chain takes it. Its sender must be given the money
 * first. A coin transfer that shall fail goes to `refusing`, a contract that takes no coins.
 */
export function signTransfer(
  chainId: number,
  transfer: Transfer,
  refusing: Pick<Token, 'contractAddress'> | undefined,
): SignedTransfer {
  const { privateKey, address } = addr.random()
  const isNative = transfer.token.contractAddress === nativeAddress
  const to = transfer.isReverted ? (refusing?.contractAddress ?? transfer.to) : transfer.to
  const signed = Transaction.prepare({
    type: 'eip1559',
    chainId: BigInt(chainId),
    nonce: 0n,
    to: addr.addChecksum(isNative ? to : transfer.token.contractAddress),
    value: isNative ? transfer.amount : 0n,
    data: isNative ? '' : callData('transfer(address,uint256)', [transfer.to, transfer.amount]),
    gasLimit: GAS_LIMIT,
    maxFeePerGas: FEE_WEI,
    maxPriorityFeePerGas: 1n,
  }).signBy(privateKey)
  return { hash: signed.hash, raw: signed.toHex(), sender: address.toLowerCase() }
}

/** The input of a contract call whose arguments take a word each. */
export function callData(signature: string, words: readonly (string | bigint)[]): string {
  const selector = keccak256(Buffer.from(signature)).slice(0, 8)
  const encoded = words.map((word) => BigInt(word).toString(16).padStart(64, '0'))
  return `0x${selector}${encoded.join('')}`
}

function addressAt(path: string): string {
  const { publicKey } = root.derive(path)
  if (!publicKey) throw new Error(`No key at ${path}.`)
  return addr.fromPublicKey(publicKey).toLowerCase()
}
