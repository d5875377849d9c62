import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { notFound } from '../wire/api-error.ts'
import { addFaultHooks } from '../wire/fault-hooks.ts'
import { pageJson, pageQuery } from '../wire/pagination.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { chainsOf, findChain } from './chains.ts'
import { chainJson, tokenJson } from './serialise-registry.ts'
import { findToken, findTokenAt, tokensOf } from './tokens.ts'

export const chainQuery = z.object(pageQuery)
export const tokenQuery = z.object({
  chainId: z.string().max(41).optional(),
  symbol: z.string().max(20).optional(),
  contractAddress: z.string().max(100).optional(),
  assetType: z.enum(['native', 'erc20']).optional(),
  tokenType: z.enum(['stablecoin', 'volatile']).optional(),
  ...pageQuery,
})

/** Chains and tokens, open to everybody. */
export function registryRoutes(scope: FastifyInstance, world: World): void {
  const { profile } = world.settings
  const chains = chainsOf(profile)
  addFaultHooks(scope, world)

  scope.get('/chains', { config: { operation: 'chains' } }, (request) => {
    const page = readInput(chainQuery, request.query)
    const rows = chains.slice(page.offset, page.offset + page.limit)
    return pageJson(
      rows.map((chain) => chainJson(chain, profile)),
      chains.length,
      page,
    )
  })

  scope.get<{ Params: { chainId: string } }>(
    '/chains/:chainId',
    { config: { operation: 'chains' } },
    (request) => {
      const chain = findChain(request.params.chainId, profile)
      if (!chain) throw notFound('chain_not_found', 'There is no such chain.')
      return chainJson(chain, profile)
    },
  )

  scope.get('/tokens', { config: { operation: 'tokens' } }, (request) => {
    const query = readInput(tokenQuery, request.query)
    const wanted = query.chainId === undefined ? null : findChain(query.chainId, profile)
    const found = tokensOf(profile).filter(
      (token) =>
        (query.chainId === undefined || wanted?.chainId === token.chainId) &&
        (query.symbol === undefined || token.symbol === query.symbol.toUpperCase()) &&
        (query.contractAddress === undefined ||
          findTokenAt(token.chainId, query.contractAddress)?.id === token.id) &&
        (query.assetType === undefined || token.assetType === query.assetType) &&
        (query.tokenType === undefined || token.type === query.tokenType),
    )
    const now = world.clock.now()
    const rows = found.slice(query.offset, query.offset + query.limit)
    return pageJson(
      rows.map((token) => tokenJson(token, now, profile)),
      found.length,
      query,
    )
  })

  scope.get<{ Params: { tokenId: string } }>(
    '/tokens/:tokenId',
    { config: { operation: 'tokens' } },
    (request) => {
      const token = findToken(request.params.tokenId)
      if (!token || !tokensOf(profile).includes(token)) {
        throw notFound('token_not_found', 'There is no such token.')
      }
      return tokenJson(token, world.clock.now(), profile)
    },
  )
}
