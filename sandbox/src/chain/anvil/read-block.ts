import * as z from 'zod'
import { nativeAddress } from '../../registry/tokens.ts'
import { keccak256 } from '../keccak256.ts'
import type { AnvilProcess } from './anvil-process.ts'

/** Money that moved, or should have: addresses in lower case, the amount in base units. */
export interface SeenTransfer {
  readonly hash: string
  readonly sender: string
  readonly to: string
  /** The zero address for the chain's own coin. */
  readonly contractAddress: string
  readonly amount: bigint
  readonly block: number
  readonly isReverted: boolean
}

const transferTopic = `0x${keccak256(Buffer.from('Transfer(address,address,uint256)'))}`
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .toLowerCase()
const quantity = z
  .string()
  .regex(/^0x[0-9a-f]+$/)
  .transform(BigInt)
const receipts = z.array(
  z.object({
    transactionHash: z.string(),
    status: z.enum(['0x0', '0x1']),
    logs: z.array(z.object({ address, topics: z.array(z.string()), data: z.string() })),
  }),
)
const block = z.object({
  transactions: z.array(
    z.object({ hash: z.string(), from: address, to: address.nullable(), value: quantity }),
  ),
})

/** Every transfer in a block: of the coin by transactions themselves, of tokens by their logs. One that failed is one entry. */
export async function readBlock(
  node: AnvilProcess,
  number: number,
  contracts: readonly string[],
): Promise<SeenTransfer[]> {
  const name = `0x${number.toString(16)}`
  const { transactions } = await node.call('eth_getBlockByNumber', [name, true], block)
  if (transactions.length === 0) return []
  const found = await node.call('eth_getBlockReceipts', [name], receipts)
  const receiptOf = new Map(found.map((receipt) => [receipt.transactionHash, receipt]))
  return transactions.flatMap(({ hash, from, to, value }) => {
    const receipt = receiptOf.get(hash)
    if (!receipt || to === null) return []
    const isReverted = receipt.status === '0x0'
    const base = { hash, sender: from, to, contractAddress: nativeAddress, block: number }
    const tokens = receipt.logs.flatMap(({ address: contractAddress, topics, data }) => {
      const [topic, sender, recipient] = topics
      if (topic !== transferTopic || !sender || !recipient) return []
      if (!contracts.includes(contractAddress)) return []
      const ends = { sender: wordAddress(sender), to: wordAddress(recipient) }
      return [{ ...base, ...ends, contractAddress, amount: BigInt(data), isReverted }]
    })
    return value > 0n || isReverted ? [{ ...base, amount: value, isReverted }, ...tokens] : tokens
  })
}

function wordAddress(word: string): string {
  return `0x${word.slice(-40).toLowerCase()}`
}
