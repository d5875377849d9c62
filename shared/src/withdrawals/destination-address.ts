import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export type ReadAddress =
  | { readonly address: string; readonly problem: null }
  | { readonly address: null; readonly problem: string }

/**
 * Reads an address as somebody typed or pasted it, into the form in which it is kept and signed: on EVM
 * networks with its EIP-55 checksum. An address in mixed case says its own checksum, and one that is
 * wrong is a slip of the pen: it is refused, never corrected. All in small or all in capital letters
 * says none, and gets it.
 */
export function readAddress(network: string, text: string): ReadAddress {
  const address = text.trim()
  if (isEvm(network)) return readEvmAddress(address)
  return isPlausible(network, address)
    ? { address, problem: null }
    : { address: null, problem: 'This is no address of this network.' }
}

/** Whether accounts of the network have EIP-55 addresses. */
export function isEvm(network: string): boolean {
  return network.startsWith('eip155:')
}

function readEvmAddress(address: string): ReadAddress {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) {
    return { address: null, problem: evmFormProblem(address) }
  }
  const right = checksummed(address)
  const digits = address.slice(2)
  const saysNone = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  return saysNone || address === right
    ? { address: right, problem: null }
    : {
        address: null,
        problem:
          'The address has a wrong checksum: a letter was changed on its way. Copy it again from where it came from.',
      }
}

function evmFormProblem(address: string): string {
  if (/^(?:0x)?[0-9a-fA-F]+$/i.test(address)) {
    const count = address.replace(/^0x/i, '').length
    if (count !== 40) return `An address has 40 digits after 0x; this one has ${count}.`
    if (!address.startsWith('0x')) return 'An address begins with 0x.'
  }
  if (/\.eth$/i.test(address)) {
    return 'Give the address itself, not a name: who owns the name can change where it leads.'
  }
  return 'This is no address of this network: it begins with 0x and has 40 digits of 0–9 and a–f.'
}

/** The EIP-55 spelling of `0x` and 40 hex digits in any case. */
export function checksummed(address: string): string {
  const digits = address.slice(2).toLowerCase()
  const hash = bytesToHex(keccak_256(utf8ToBytes(digits)))
  const spelled = [...digits.matchAll(/./g)].map(([digit], index) =>
    Number.parseInt(hash.charAt(index), 16) >= 8 ? digit.toUpperCase() : digit,
  )
  return `0x${spelled.join('')}`
}

/** By its form alone: Desk cannot compute the checksums of other networks. */
const forms: Readonly<Record<string, RegExp>> = {
  bip122: /^(?:bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/,
  solana: /^[1-9A-HJ-NP-Za-km-z]{32,44}$/,
  tron: /^T[1-9A-HJ-NP-Za-km-z]{33}$/,
}

function isPlausible(network: string, address: string): boolean {
  const form = forms[network.split(':')[0] ?? ''] ?? /^[\x21-\x7e]{8,128}$/
  return form.test(address)
}
