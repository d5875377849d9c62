import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { requestsPage } from './requests-page.ts'
import { sectionForms } from './section-forms.ts'
import type { Notices } from './told.ts'
import { typedFields, withNumbers } from './typed-fields.ts'

const requestSearch = z.object({
  q: z.string().max(255).default(''),
  operation: z.string().default(''),
  answered: z.string().default(''),
  offset: z.int().default(0),
})

/** The log of calls and the ledger. */
export function requestRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const everything = requestSearch.parse({})
  const forms = sectionForms(scope, {
    notices,
    home: '/control/requests',
    again: (told) => requestsPage(world, everything, told),
    labels: { q: 'Search' },
  })
  forms.page('/control/requests', ({ query }, told) =>
    requestsPage(
      world,
      readInput(requestSearch, withNumbers(typedFields(query), ['offset'])),
      told,
    ),
  )
}
