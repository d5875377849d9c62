import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { reorganiseChain, resumeChain, stallChain } from '../chain/disturb-chain.ts'
import { type Chain, chainsOf, findChain } from '../registry/chains.ts'
import { chainIdJson } from '../registry/serialise-registry.ts'
import { notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'

export const chainChange = z.strictObject({
  isStalled: z.boolean().optional(),
  congestionBlocks: z.int().min(0).max(10_000).optional(),
})
export const reorganisation = z.strictObject({
  depth: z.int().min(1).max(100),
  fate: z.enum(['mined_again', 'dropped']).default('mined_again'),
})

/** Every network, and the troubles it may have. */
export function chainRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/chains', () => ({
    data: chainsOf(world.settings.profile).map((chain) => chainStateJson(world, chain)),
  }))

  scope.post<{ Params: { chainId: string } }>('/chains/:chainId', (request) => {
    const chain = chainNamed(world, request.params.chainId)
    changeChain(world, chain, readInput(chainChange, request.body))
    return chainStateJson(world, chain)
  })

  scope.post<{ Params: { chainId: string } }>('/chains/:chainId/reorg', (request) => {
    const chain = chainNamed(world, request.params.chainId)
    const moved = reorganiseChain(world, chain.chainId, readInput(reorganisation, request.body))
    return { ...chainStateJson(world, chain), moved }
  })
}

/** Sets how a network fares; what is left out stays. */
export function changeChain(world: World, chain: Chain, wish: z.infer<typeof chainChange>): void {
  const { congestionBlocks, isStalled } = wish
  if (congestionBlocks !== undefined) world.chains.change(chain.chainId, { congestionBlocks })
  if (isStalled === true) stallChain(world, chain.chainId)
  if (isStalled === false) resumeChain(world, chain.chainId)
}

/** How a network fares now. */
export function chainStateJson(world: World, chain: Chain) {
  const { stalledAt, congestionBlocks } = world.chains.state(chain.chainId)
  return {
    chainId: chainIdJson(chain, world.settings.profile),
    name: chain.name,
    height: world.chains.height(chain.chainId, world.clock.now()),
    isStalled: stalledAt !== null,
    stalledAt: stalledAt === null ? null : new Date(stalledAt).toISOString(),
    congestionBlocks,
    requiredConfirmations: chain.requiredConfirmations,
    rpcUrl: world.carrier().url(chain.chainId),
  }
}

/** The network by its id in any spelling, or 404. */
export function chainNamed(world: World, name: string): Chain {
  const chain = findChain(name, world.settings.profile)
  if (!chain) throw notFound('chain_not_found', 'There is no such chain.')
  return chain
}
