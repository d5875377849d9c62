import { reorganiseChain, resumeChain, stallChain } from '../chain/disturb-chain.ts'
import { chainOf } from '../registry/chains.ts'
import { defaultTokenId, tokenOf } from '../registry/tokens.ts'
import type { Script, Stage } from './script.ts'
import { MINUTE_MS, order, pause, SECOND_MS } from './shop-customer.ts'

/** The network most payments use, so that everybody's payments are stuck. */
const { chainId } = tokenOf({ tokenId: defaultTokenId })
/** It runs again for so many blocks before the newest are replaced, and so many of them are. */
const BLOCKS_AGAIN = 5
const REORG_DEPTH = 3

/** One network makes no blocks; what is sent on it is neither lost nor done. */
export const stuckNetwork: Script = {
  title: 'Stuck network',
  description: `${chainOf({ chainId }).name} stops making blocks. Customers pay on it all the same, and their payments, like the withdrawals you send on it, wait in “processing”. Then it runs again, and a reorganisation takes the newest blocks back once more.`,
  notice:
    'Payments on one network pile up in “processing” while the other networks go on. In the explorer their transactions stand at 0 confirmations and the block number does not rise. Webhooks and API are as young as ever, so it is not SpacePay that is down.',
  respond:
    'Wait, and tell customers that their money is on its way. Do not ask anybody to pay again and do not send a waiting withdrawal a second time. Offer another network at the checkout. Afterwards see that nothing is left in “processing”.',
  minutes: 30,
  minutesMax: 480,
  stillsTraffic: false,
  begin: (stage) => {
    const { world } = stage
    const { chains } = world
    const stalledAt = stage.remembered?.['stalledAt'] ?? stall(stage)
    const counts = { customers: 0, unconfirmedByReorganisation: 0 }
    const leftMs = stage.endsAt - world.clock.now()
    // The last blocks of its time are for the network running again.
    const runsAgainAt =
      stage.endsAt - Math.min((BLOCKS_AGAIN + 2) * world.settings.blockMs, Math.round(leftMs / 2))
    let blocksAgain = 0

    /** Stalled by this run, and not let go by anybody since. */
    const isOurs = () => String(chains.state(chainId).stalledAt) === stalledAt

    return {
      memory: { stalledAt },
      act: (at) => {
        if (at < runsAgainAt) {
          counts.customers += 1
          buy(stage, stage.random.between(SECOND_MS, 40 * SECOND_MS))
          return Math.min(at + pause(stage, 20 * SECOND_MS, MINUTE_MS), runsAgainAt)
        }
        if (isOurs()) resumeChain(world, chainId)
        blocksAgain += 1
        if (blocksAgain > BLOCKS_AGAIN) {
          counts.unconfirmedByReorganisation = reorganiseChain(world, chainId, {
            depth: REORG_DEPTH,
            fate: 'mined_again',
          }).payments
          return null
        }
        counts.customers += 1
        buy(stage, 0)
        // One customer in each of the first blocks.
        return at + world.settings.blockMs
      },
      end: () => {
        if (isOurs()) resumeChain(world, chainId)
      },
      tally: () => counts,
    }
  },
}

/** Since when it stands, as text; empty when somebody else had stopped it before. */
function stall({ world }: Stage): string {
  if (world.chains.state(chainId).stalledAt !== null) return ''
  stallChain(world, chainId)
  return String(world.chains.state(chainId).stalledAt)
}

function buy(stage: Stage, payAfterMs: number): void {
  order(stage, {
    orderId: `ORDER-${stage.random.between(80_000, 89_999)}`,
    outcome: 'exact',
    payAfterMs,
    tokenId: defaultTokenId,
  })
}
