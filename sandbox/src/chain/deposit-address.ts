import { createHash } from 'node:crypto'
import { type Chain, isEvm } from '../registry/chains.ts'

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** How addresses look, by CAIP-2 namespace: they have the form of the network, not its checksum. */
const forms: Readonly<Record<string, readonly [prefix: string, letters: string, length: number]>> =
  {
    bip122: ['bc1q', bech32, 38],
    tron: ['T', base58, 33],
    solana: ['', base58, 44],
    tvm: ['UQ', base64url, 46],
    xrpl: ['r', base58, 33],
  }

/** The address of a payment on a network: the same on all EVM networks, one of its own on each other. */
export function depositAddressOn(chain: Chain, evmAddress: string): string {
  if (isEvm(chain)) return evmAddress
  const form = forms[namespaceOf(chain)]
  if (!form) throw new Error(`No addresses are known for ${chain.caip2}.`)
  const [prefix, letters, length] = form
  const bytes = createHash('sha512').update(`${chain.caip2}:${evmAddress}`).digest()
  const text = Array.from(bytes.subarray(0, length), (byte) =>
    letters.charAt(byte % letters.length),
  )
  return prefix + text.join('')
}

/** `EVM` is the one published address type; for other networks we name the CAIP-2 namespace. */
export function addressTypeOn(chain: Chain): string {
  return isEvm(chain) ? 'EVM' : namespaceOf(chain).toUpperCase()
}

function namespaceOf(chain: Chain): string {
  return chain.caip2.split(':')[0] ?? ''
}
