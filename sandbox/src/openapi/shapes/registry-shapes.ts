import * as z from 'zod'
import type { Profile } from '../../registry/chains.ts'

/** Chains and tokens in answers. */
export function registryShapes(profile: Profile) {
  const chainId = chainIdShape(profile)
  const chain = z
    .object({
      chainId,
      name: z.string(),
      nativeSymbol: z.string(),
      nativeDecimals: z.int(),
      isEnabled: z.boolean(),
      isTestnet: z.boolean(),
    })
    .describe('A network that payments can be made on.')
  const tokenMembers = {
    symbol: z.string(),
    contractAddress: z
      .string()
      .describe('Lower case on EVM networks; the zero address stands for the native coin.'),
    decimals: z
      .int()
      .describe('Base units in one whole token are 10 to this power. It differs by network.'),
    type: z.enum(['stablecoin', 'volatile']),
    assetType: z.enum(['native', 'erc20']),
    status: z.enum(['active', 'deprecated', 'blocked']),
    tokenPriceUsd: z.number().nullable().describe('US dollars for one whole token.'),
  }
  const tokenId = z.uuid()
  const token = z
    .object({ id: tokenId, coingeckoApiId: z.string(), chain, ...tokenMembers })
    .describe('A token on one network.')
  const tokenInList = z
    .object({ id: tokenId, ...tokenMembers })
    .describe('A token within a list of payments: without its chain and coingeckoApiId.')
  return { chainId, chain, token, tokenInList }
}

/** How the profile writes the id of a chain. */
export function chainIdShape(profile: Profile) {
  return profile === 'caip2'
    ? z.string().max(41).describe('CAIP-2 id of the network, such as eip155:84532.')
    : z.int().describe('EIP-155 number of the network, such as 84532.')
}

/** A list's page of rows and where it stands in the whole. */
export function pageShape<T extends z.ZodType>(row: T, pagination: z.ZodType) {
  return z.object({ data: z.array(row), pagination })
}

export const paginationShape = z
  .object({
    total: z.int().describe('Rows on all pages.'),
    limit: z.int(),
    offset: z.int(),
    hasMore: z.boolean(),
    totalPages: z.int(),
    currentPage: z.int().describe('Starts at 1.'),
  })
  .describe('Where a page stands in its list.')
