import * as z from 'zod'

/** A chain id as it was sent, beside the CAIP-2 form that the rest of Desk uses. */
export interface ChainId {
  readonly network: string
  readonly raw: number | string
}

/** How a host writes EVM chain ids: `137`, or `"eip155:137"`. */
export type ChainIdForm = 'number' | 'caip2'

/**
 * Published sources disagree: a number (`137`), numeric text (`"137"`) or CAIP-2 (`"eip155:137"`).
 * Text in none of these forms is kept as it came, since an unknown chain must not hide a payment.
 */
export const chainIdField = z
  .union([z.int().positive(), z.string()])
  .nullish()
  .transform((raw): ChainId | null => {
    if (raw == null) return null
    if (typeof raw === 'number') return { network: `eip155:${raw}`, raw }
    const network = networkFromText(raw.trim())
    return network === null ? null : { network, raw }
  })

function networkFromText(text: string): string | null {
  if (text === '' || text.length > longestChainId) return null
  if (/^\d+$/.test(text)) return `eip155:${BigInt(text)}`
  const evm = /^eip155:(\d+)$/i.exec(text)
  return evm ? `eip155:${BigInt(evm[1] ?? '')}` : text
}

/** CAIP-2 allows 8 + 1 + 32 characters; anything much longer is not a chain id. */
const longestChainId = 64

/** The form to send back to a host that was last seen writing chain ids in `form`. */
export function chainIdToSend(network: string, form: ChainIdForm): number | string {
  const evm = /^eip155:(\d{1,15})$/.exec(network)
  return form === 'number' && evm ? Number(evm[1]) : network
}

/** Which form an answer uses for EVM chains, or null when it names none. */
export function chainIdFormIn(json: unknown, depth = 5): ChainIdForm | null {
  if (typeof json !== 'object' || json === null || depth === 0) return null
  if ('chainId' in json) {
    if (typeof json.chainId === 'number') return 'number'
    if (typeof json.chainId === 'string' && json.chainId.startsWith('eip155:')) return 'caip2'
  }
  const children = Array.isArray(json) ? json.slice(0, 1) : Object.values(json)
  for (const child of children) {
    const form = chainIdFormIn(child, depth - 1)
    if (form !== null) return form
  }
  return null
}
