import type * as z from 'zod'
import type { Check } from './check.ts'
import { demandRefusal } from './published-errors.ts'
import { chain, pageOf, token } from './published-shapes.ts'
import type { Service } from './service.ts'
import { chainsPath, tokensPath } from './trial.ts'
import { bodyOf, demand, demandStatus } from './verdict.ts'

/** The registry is public: no call here sends the key. */
export const registryChecks: readonly Check[] = [
  {
    name: 'chains are listed without a key, enabled ones only, each once',
    run: async ({ service }) => {
      const { data } = await readList(service, chainsPath, chain)
      demand(
        data.length > 0 && data.every((row) => row.isEnabled),
        'at least one chain, and every chain enabled',
        data,
      )
      const ids = data.map((row) => String(row.chainId))
      demand(new Set(ids).size === ids.length, 'every chainId once', ids)
    },
  },
  {
    name: 'a chain is found by the id it is listed with',
    run: async ({ service }) => {
      const { data } = await readList(service, `${chainsPath}?limit=3`, chain)
      for (const { chainId } of data) {
        const answer = await open(service, `${chainsPath}/${encodeURIComponent(chainId)}`)
        demandStatus(answer, 200)
        demand(bodyOf(answer, chain).chainId === chainId, `the chain ${chainId}`, answer)
      }
    },
  },
  {
    name: 'tokens are listed without a key, active ones only, each with its chain',
    run: async ({ service }) => {
      const { data } = await readList(service, `${tokensPath}?limit=1000`, token)
      demand(
        data.length > 0 && data.every((row) => row.status === 'active' && row.chain !== undefined),
        'at least one token, and every token active and with its chain',
        data.find((row) => row.status !== 'active' || row.chain === undefined) ?? data,
      )
      demand(new Set(data.map((row) => row.id)).size === data.length, 'every id once', data)
    },
  },
  {
    name: 'a token is found by its id',
    run: async ({ service }) => {
      const { id } = await anyToken(service)
      const answer = await open(service, `${tokensPath}/${encodeURIComponent(id)}`)
      demandStatus(answer, 200)
      demand(bodyOf(answer, token).id === id, `the token ${id}`, answer)
    },
  },
  {
    name: 'tokens are filtered by chain, by symbol in any case and by address in any case',
    run: async ({ service }) => {
      const wanted = await anyToken(service)
      const chainId = wanted.chain?.chainId ?? ''
      const byChain = await readList(service, `${tokensPath}?chainId=${escaped(chainId)}`, token)
      demand(
        byChain.data.length > 0 && byChain.data.every((row) => row.chain?.chainId === chainId),
        `only tokens of ${chainId}`,
        byChain.data,
      )
      for (const query of [
        `symbol=${escaped(wanted.symbol.toLowerCase())}`,
        `contractAddress=${escaped(wanted.contractAddress.toUpperCase().replace(/^0X/, '0x'))}`,
      ]) {
        const found = await readList(service, `${tokensPath}?${query}`, token)
        demand(
          found.data.some((row) => row.id === wanted.id) &&
            found.data.every((row) => row.symbol === wanted.symbol),
          `${query} to find ${wanted.symbol} and nothing else`,
          found.data.map((row) => row.symbol),
        )
      }
    },
  },
  {
    name: 'an unknown chain and an unknown token are 404',
    run: async ({ service }) => {
      demandRefusal(await open(service, `${chainsPath}/999999999`), 404)
      demandRefusal(await open(service, `${tokensPath}/00000000-0000-4000-8000-000000000000`), 404)
    },
  },
]

/** An ERC-20 token of an EVM chain, whose address may be written in either case. */
async function anyToken(service: Service) {
  const { data } = await readList(service, `${tokensPath}?limit=1000`, token)
  const found = data.find(
    (row) => row.assetType === 'erc20' && row.contractAddress.startsWith('0x'),
  )
  demand(found !== undefined, 'an ERC-20 token in the registry', data)
  return found
}

async function readList<T extends z.ZodType>(service: Service, path: string, row: T) {
  const answer = await open(service, path)
  demandStatus(answer, 200)
  return bodyOf(answer, pageOf(row))
}

function open(service: Service, path: string) {
  return service.get(path, { as: 'nobody' })
}

function escaped(value: string | number): string {
  return encodeURIComponent(value)
}
