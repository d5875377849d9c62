import * as z from 'zod'
import type { Chain } from '../../registry/chains.ts'
import { nativeAddress, type Token } from '../../registry/tokens.ts'
import { blockAfter, type Reorganisation, type Transfer } from '../carrier.ts'
import { type AnvilProcess, startAnvil } from './anvil-process.ts'
import { compileToken } from './compile-token.ts'
import type { AnvilTools } from './find-anvil.ts'
import { readBlock, type SeenTransfer } from './read-block.ts'
import { callData, GAS_MONEY_WEI, mnemonic, richAddress, signTransfer } from './wallets.ts'

/** So many blocks can be replaced; the node has as many from the start. */
const DEPTH_MAX = 100
/** A jump further than this begins a new node at the height: mining takes it a millisecond a block. */
const JUMP_BLOCKS_MAX = 2_000
const RICH_ACCOUNTS = 10
const RICH_UNITS = 1_000_000n

export interface AnvilChainOptions {
  readonly chain: Chain
  readonly tokens: readonly Token[]
  readonly tools: AnvilTools
  readonly port: number
  /** The newest block by the sandbox's schedule, which the node follows. */
  readonly height: () => number
  readonly blockMs: number
  /** A transaction sent here is in a block. */
  readonly onMined: (mined: Pick<SeenTransfer, 'hash' | 'block' | 'isReverted'>) => void
  /** A transaction that was in a block will not come into one again. */
  readonly onLost: (hash: string) => void
  /** Money that somebody else sent is in a block. */
  readonly onMoney: (transfer: SeenTransfer) => void
}

export interface AnvilChain {
  /** Where wallets reach it. */
  readonly url: () => string
  readonly send: (transfer: Transfer) => { readonly hash: string; readonly sender: string }
  readonly isWaiting: (hash: string) => boolean
  readonly reorganise: (wish: Reorganisation) => void
  readonly stop: () => Promise<void>
}

/** A transaction that shall come into a block. */
interface Waiting {
  readonly hash: string
  readonly raw: string
  readonly block: number
  /** What its sender must be given first; null when they have money of their own. */
  readonly gift: { readonly sender: string; readonly transfer: Transfer } | null
}

const hex = z.string().regex(/^0x[0-9a-f]+$/)
const anything = z.unknown()

/** A real node that carries one chain, block by block as the sandbox's schedule has them. Throws AnvilError. */
export async function startAnvilChain(options: AnvilChainOptions): Promise<AnvilChain> {
  const { chain, tokens, tools } = options
  const erc20 = tokens.filter(({ contractAddress }) => contractAddress !== nativeAddress)
  const code = await compileToken(tools.solc)
  const waiting = new Map<string, Waiting>()
  const given = new Set<string>()
  /** What the newest blocks hold, for their replacement. */
  let recent: { readonly block: number; readonly waiting: Waiting }[] = []
  const wishes: Reorganisation[] = []
  let node = await begin()
  let height = await node.call('eth_blockNumber', [], hex.transform(Number))
  let timer: NodeJS.Timeout | null = null
  let isStopped = false
  let turn = Promise.resolve()

  async function begin(): Promise<AnvilProcess> {
    const firstBlock = options.height() - DEPTH_MAX - 1
    const { port } = options
    const path = tools.anvil
    const begun = await startAnvil({ path, port, chainId: chain.chainId, firstBlock, mnemonic })
    // Blocks are as far apart as the network's, at whatever pace they come.
    await begun.call('anvil_setBlockTimestampInterval', [chain.blockSeconds], anything)
    for (const token of erc20) await layToken(begun, token)
    await begun.call('anvil_mine', [toHex(DEPTH_MAX + 1)], anything)
    return begun
  }

  async function layToken(begun: AnvilProcess, token: Token): Promise<void> {
    const { contractAddress: to, symbol, decimals } = token
    await begun.call('anvil_setCode', [to, code], anything)
    const letters = `0x${Buffer.from(symbol).toString('hex').padEnd(64, '0')}`
    const words = [letters, BigInt(symbol.length), BigInt(decimals)]
    const data = callData('setUp(bytes32,uint256,uint8)', words)
    await begun.call('eth_sendTransaction', [{ from: richAddress(0), to, data }], hex)
    for (let index = 0; index < RICH_ACCOUNTS; index += 1) {
      const units = RICH_UNITS * 10n ** BigInt(decimals)
      await begun.call('anvil_dealERC20', [richAddress(index), to, toHex(units)], anything)
    }
  }

  /** The node mines as many blocks as the schedule has, and what was wished meanwhile happens. */
  async function catchUp(): Promise<void> {
    for (;;) {
      const gap = options.height() - height
      if (!node.isAlive() || gap < 0 || gap > JUMP_BLOCKS_MAX) await beginAnew()
      if (height >= options.height()) break
      await handOver(height + 1)
      await node.call('evm_mine', [], anything)
      height += 1
      await readNewest()
    }
    for (let wish = wishes.shift(); wish; wish = wishes.shift()) await replaceBlocks(wish)
  }

  async function beginAnew(): Promise<void> {
    await node.stop()
    node = await begin()
    height = await node.call('eth_blockNumber', [], hex.transform(Number))
    recent = []
    given.clear()
  }

  async function handOver(block: number): Promise<void> {
    for (const one of waiting.values()) {
      if (one.block > block || given.has(one.hash)) continue
      if (one.gift) await give(one.gift)
      const taken = node.call('eth_sendRawTransaction', [one.raw], hex)
      given.add(one.hash)
      // A wallet may have used the nonce for something else since its transaction was replaced.
      if (one.gift) await taken
      else await taken.catch(() => lose(one.hash))
    }
  }

  function lose(hash: string): void {
    waiting.delete(hash)
    given.delete(hash)
    options.onLost(hash)
  }

  async function give({ sender, transfer }: NonNullable<Waiting['gift']>): Promise<void> {
    const { contractAddress, assetType } = transfer.token
    const coins = assetType === 'native' ? transfer.amount : 0n
    await node.call('anvil_setBalance', [sender, toHex(GAS_MONEY_WEI + coins)], anything)
    if (assetType === 'native' || transfer.isReverted) return
    const parameters = [sender, contractAddress, toHex(transfer.amount)]
    await node.call('anvil_dealERC20', parameters, anything)
  }

  async function readNewest(): Promise<void> {
    const contracts = erc20.map(({ contractAddress }) => contractAddress)
    const seen = await readBlock(node, height, contracts)
    recent = recent.filter(({ block }) => block > height - DEPTH_MAX)
    for (const [hash, transfers] of Map.groupBy(seen, (transfer) => transfer.hash)) {
      const own = waiting.get(hash)
      const [first] = transfers
      if (!first) continue
      const raw = own ?? {
        hash,
        raw: await node.call('eth_getRawTransactionByHash', [hash], hex),
        block: height,
        gift: null,
      }
      recent.push({ block: height, waiting: raw })
      waiting.delete(hash)
      given.delete(hash)
      if (own) options.onMined({ hash, block: height, isReverted: first.isReverted })
      else for (const transfer of transfers) if (!transfer.isReverted) options.onMoney(transfer)
    }
  }

  async function replaceBlocks(wish: Reorganisation): Promise<void> {
    // The node may have mined since the wish.
    const depth = Math.min(wish.depth + height - wish.height, DEPTH_MAX)
    await node.call('anvil_reorg', [depth, []], anything)
    const lost = recent.filter(({ block }) => block > height - depth)
    recent = recent.filter(({ block }) => block <= height - depth)
    if (wish.fate === 'dropped') return
    for (const { waiting: one } of lost) waiting.set(one.hash, { ...one, block: blockAfter(wish) })
  }

  async function liveOn(): Promise<void> {
    try {
      await catchUp()
    } catch (error) {
      // A node that died is begun anew by the next turn; anything else is ours and may not be lost.
      if (!isStopped && !(await node.isEnding())) throw error
    }
    if (!isStopped) timer = setTimeout(step, Math.min(options.blockMs / 2, 250))
  }

  function step(): void {
    turn = liveOn()
  }
  step()

  return {
    url: () => node.url,
    send: (transfer) => {
      const { raw, hash, sender } = signTransfer(chain.chainId, transfer, erc20[0])
      waiting.set(hash, { hash, raw, block: transfer.block, gift: { sender, transfer } })
      return { hash, sender }
    },
    isWaiting: (hash) => waiting.has(hash),
    reorganise: (wish) => {
      wishes.push(wish)
    },
    stop: async () => {
      isStopped = true
      if (timer) clearTimeout(timer)
      await turn.catch(() => undefined)
      await node.stop()
    },
  }
}

function toHex(value: bigint | number): string {
  return `0x${value.toString(16)}`
}
