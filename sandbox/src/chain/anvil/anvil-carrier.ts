import type { PaymentRecord } from '../../payments/payment-record.ts'
import { receiveTransfer } from '../../payments/receive-transfer.ts'
import { savePayment } from '../../payments/advance-payment.ts'
import { chainOf } from '../../registry/chains.ts'
import { tokens } from '../../registry/tokens.ts'
import type { World } from '../../world.ts'
import { type Carrier, createSimulatedCarrier } from '../carrier.ts'
import { startAnvilChain } from './anvil-chain.ts'
import { findAnvil } from './find-anvil.ts'
import type { SeenTransfer } from './read-block.ts'
import { derivedAddress } from './wallets.ts'

/** Base Sepolia, where new payments are quoted. One node is one network; the others stay simulated. */
const chain = chainOf({ chainId: 84532 })

/** Base Sepolia on a real node, all other networks simulated. Throws AnvilError. */
export async function startAnvilCarrier(world: World): Promise<Carrier> {
  const { settings } = world
  const simulated = createSimulatedCarrier(() => world.origin().seed)
  const node = await startAnvilChain({
    chain,
    tokens: tokens.filter(({ chainId }) => chainId === chain.chainId),
    tools: findAnvil(settings.anvilPath),
    port: settings.anvilPort,
    height: () => world.chains.height(chain.chainId, world.clock.now()),
    blockMs: settings.blockMs,
    onMined: (mined) => planAnew(world, mined),
    onLost: (hash) => giveUp(world, hash),
    onMoney: (transfer) => receiveTransfer(world, chain.chainId, transfer),
  })
  return {
    depositAddress: (wallet) => derivedAddress(`${world.origin().seed}:${wallet}`),
    send: (transfer) =>
      transfer.token.chainId === chain.chainId ? node.send(transfer) : simulated.send(transfer),
    isWaiting: node.isWaiting,
    reorganise: (chainId, wish) => {
      if (chainId === chain.chainId) node.reorganise(wish)
    },
    url: (chainId) => (chainId === chain.chainId ? node.url() : null),
    stop: node.stop,
  }
}

/** What the node says of a transaction counts, whatever was planned. */
function planAnew(
  world: World,
  { hash, block, isReverted }: Pick<SeenTransfer, 'hash' | 'block' | 'isReverted'>,
): void {
  const payment = paymentBy(world, hash)
  if (!payment?.transaction) return
  const now = world.clock.now()
  const transaction = {
    ...payment.transaction,
    ...world.chains.inclusionAt(chain.chainId, block, now),
    isReverted,
  }
  if (block !== payment.transaction.block || isReverted !== payment.transaction.isReverted) {
    savePayment(world, { ...payment, transaction }, now)
  } else {
    // Its step may have been due before the block was there.
    world.agenda.schedule('payment', payment.id, transaction.confirmedAt)
  }
}

function giveUp(world: World, hash: string): void {
  const payment = paymentBy(world, hash)
  if (!payment?.transaction) return
  const transaction = { ...payment.transaction, isDropped: true }
  savePayment(world, { ...payment, transaction }, world.clock.now())
}

function paymentBy(world: World, hash: string): PaymentRecord | undefined {
  return world.payments
    .all()
    .findLast(({ status, transaction }) => status === 'processing' && transaction?.hash === hash)
}
