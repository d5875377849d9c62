import { findChain } from '../registry/chains.ts'
import { chainIdJson } from '../registry/serialise-registry.ts'
import type { World } from '../world.ts'
import { sampleAnswers } from './samples.ts'

/** What the descriptions of routes depend on. */
export function surroundingsOf(world: World) {
  const { settings } = world
  const { profile, echoMetadata, receiptUnsettled } = settings
  const view = { profile, echoMetadata, receiptUnsettled }
  const { payload, retryDivisor } = world.switches.get()
  const chain = findChain(84532, profile)
  if (!chain) throw new Error('Base Sepolia is not in the registry.')
  return {
    settings,
    view,
    /** Whether webhooks carry whole objects just now. */
    isPayloadFull: payload === 'full',
    /** What the pauses between webhook attempts are divided by. */
    retryDivisor,
    samples: sampleAnswers(view, world.url()),
    /** How this profile writes the id of Base Sepolia. */
    chainIdExample: chainIdJson(chain, profile),
    /** The component schema of a quote in answers. */
    quoteName: profile === 'seed' ? 'SeedQuote' : 'Quote',
  }
}

export type Surroundings = ReturnType<typeof surroundingsOf>
