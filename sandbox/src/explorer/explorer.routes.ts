import type { FastifyInstance, FastifyReply } from 'fastify'
import { pageHeaders } from '../pages/page.ts'
import { type Chain, findChain } from '../registry/chains.ts'
import { notFound } from '../wire/api-error.ts'
import type { World } from '../world.ts'
import { transactionsOn } from './chain-transactions.ts'
import {
  addressPage,
  blockPage,
  networkPage,
  networksPage,
  nothingPage,
  transactionPage,
} from './explorer-page.ts'

const TRANSFERS_SHOWN = 50

/** A small block explorer, so that the links of receipts lead somewhere. Networks go by number or CAIP-2 id. */
export function explorerRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/explorer', (_request, reply) => show(reply, networksPage(world)))

  scope.get<{ Params: { chainId: string } }>('/explorer/:chainId', (request, reply) => {
    const chain = chainNamed(world, request.params.chainId)
    const wanted = { fits: () => true, max: TRANSFERS_SHOWN }
    return show(reply, networkPage(world, chain, transactionsOn(world, chain.chainId, wanted)))
  })

  scope.get<{ Params: { chainId: string; hash: string } }>(
    '/explorer/:chainId/tx/:hash',
    (request, reply) => {
      const chain = chainNamed(world, request.params.chainId)
      const hash = request.params.hash.toLowerCase()
      const [found] = transactionsOn(world, chain.chainId, {
        fits: (transaction) => transaction.hash === hash,
        max: 1,
      })
      if (found) return show(reply, transactionPage(world, found))
      reply.code(404)
      return show(reply, nothingPage(chain, `${chain.name} has no transaction ${hash}.`))
    },
  )

  scope.get<{ Params: { chainId: string; address: string } }>(
    '/explorer/:chainId/address/:address',
    (request, reply) => {
      const chain = chainNamed(world, request.params.chainId)
      const { address } = request.params
      const isIt = (other: string) => other.toLowerCase() === address.toLowerCase()
      const transactions = transactionsOn(world, chain.chainId, {
        fits: ({ from, to }) => isIt(from) || isIt(to),
        max: TRANSFERS_SHOWN,
      })
      return show(reply, addressPage(world, chain, { address, transactions }))
    },
  )

  scope.get<{ Params: { chainId: string; block: string } }>(
    '/explorer/:chainId/block/:block',
    (request, reply) => {
      const chain = chainNamed(world, request.params.chainId)
      const { block: text } = request.params
      if (!/^\d{1,12}$/.test(text)) throw notFound('block_not_found', 'There is no such block.')
      const block = Number(text)
      const transactions = transactionsOn(world, chain.chainId, {
        fits: (transaction) => transaction.block === block && transaction.fate !== 'dropped',
        max: TRANSFERS_SHOWN,
      })
      return show(reply, blockPage(world, chain, { block, transactions }))
    },
  )
}

function show(reply: FastifyReply, markup: string) {
  return reply.headers(pageHeaders).send(markup)
}

function chainNamed(world: World, name: string): Chain {
  const chain = findChain(name, world.settings.profile)
  if (!chain) throw notFound('chain_not_found', 'There is no such network.')
  return chain
}
