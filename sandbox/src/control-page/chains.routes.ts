import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { reorganiseChain } from '../chain/disturb-chain.ts'
import { chainChange, chainNamed, changeChain, reorganisation } from '../control/chains.routes.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { chainsPage } from './chains-page.ts'
import { sectionForms } from './section-forms.ts'
import { countOf } from './shown.ts'
import type { Notices } from './told.ts'
import { typedFields, withNumbers, withTruth } from './typed-fields.ts'

const network = z.object({ chainId: z.string() })

/** The networks, and holding them up. */
export function chainPageRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const forms = sectionForms(scope, {
    notices,
    home: '/control/chains',
    again: (told) => chainsPage(world, told),
    labels: { congestionBlocks: 'Blocks to wait', depth: 'Blocks', fate: 'Their transactions' },
  })
  /** The network a form is about, and the rest of the form. */
  const readForm = (body: unknown) => {
    const { chainId, ...rest } = typedFields(body)
    return { chain: chainNamed(world, readInput(network, { chainId }).chainId), rest }
  }

  forms.page('/control/chains', (_request, told) => chainsPage(world, told))

  forms.act('chain', ({ body }) => {
    const { chain, rest } = readForm(body)
    const wish = withTruth(withNumbers(rest, ['congestionBlocks']), ['isStalled'])
    const change = readInput(chainChange, wish)
    changeChain(world, chain, change)
    if (change.isStalled === true) return `${chain.name} stands still.`
    if (change.isStalled === false) return `${chain.name} goes on.`
    const { congestionBlocks } = world.chains.state(chain.chainId)
    return congestionBlocks === 0
      ? `New transactions on ${chain.name} are mined in the next block.`
      : `New transactions on ${chain.name} wait for ${countOf(congestionBlocks, 'block')}.`
  })

  forms.act('reorganisation', ({ body }) => {
    const { chain, rest } = readForm(body)
    const wish = readInput(reorganisation, withNumbers(rest, ['depth']))
    const { payments, withdrawals } = reorganiseChain(world, chain.chainId, wish)
    return `${countOf(wish.depth, 'block')} of ${chain.name} were replaced: ${countOf(payments, 'payment')} and ${countOf(withdrawals, 'withdrawal')} lost their confirmations.`
  })
}
