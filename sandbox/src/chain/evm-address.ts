import { keccak256 } from './keccak256.ts'

export type AddressFault = 'not_an_address' | 'wrong_checksum' | 'zero_address'

/** Why nothing can be paid to this EVM address, or null. Mixed case must carry a right EIP-55 checksum. */
export function addressFault(address: string): AddressFault | null {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) return 'not_an_address'
  const digits = address.slice(2)
  if (/^0+$/.test(digits)) return 'zero_address'
  const isMixedCase = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  return isMixedCase && checksummed(address) !== address ? 'wrong_checksum' : null
}

/** EIP-55 spelling of 0x + 40 hex digits. */
export function checksummed(address: string): string {
  const digits = address.slice(2).toLowerCase()
  const hash = keccak256(Buffer.from(digits, 'ascii'))
  const spelt = Array.from(digits, (digit, index) =>
    Number.parseInt(hash.charAt(index), 16) >= 8 ? digit.toUpperCase() : digit,
  )
  return `0x${spelt.join('')}`
}
