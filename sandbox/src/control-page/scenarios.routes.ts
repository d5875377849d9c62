import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { scenariosPage } from './scenarios-page.ts'
import { sectionForms } from './section-forms.ts'
import type { Notices } from './told.ts'
import { filledFields, typedFields, withNumbers } from './typed-fields.ts'

const named = z.object({ name: z.string() })

/** Starting and stopping the training scenarios. */
export function scenarioPageRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const forms = sectionForms(scope, {
    notices,
    home: '/control/scenarios',
    again: (told) => scenariosPage(world, told),
    labels: { minutes: 'Minutes', pace: 'Pace' },
  })

  forms.page('/control/scenarios', (_request, told) => scenariosPage(world, told))

  forms.act('scenario', ({ body }) => {
    const { name, ...wish } = filledFields(body)
    const scenario = readInput(named, { name })
    const { title } = world.scenarios.start(scenario.name, withNumbers(wish, ['minutes', 'pace']))
    return `“${title}” is being played.`
  })

  forms.act('scenario-stop', ({ body }) => {
    const { title } = world.scenarios.stop(readInput(named, typedFields(body)).name)
    return `“${title}” was stopped, and its troubles were taken away.`
  })
}
