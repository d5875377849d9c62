import type { FastifyInstance } from 'fastify'
import { advanceClock, clockAdvance } from '../control/move-clock.ts'
import { freshStart, startOver } from '../control/start-over.ts'
import { switchesWish } from '../control/switches.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { overviewPage, startOverPage } from './overview-page.ts'
import { sectionForms } from './section-forms.ts'
import { countOf, duration } from './shown.ts'
import type { Notices, Told } from './told.ts'
import { typedFields, withNumbers, withTruth } from './typed-fields.ts'

/** The sandbox as a whole: its time, its switches, and a fresh start. */
export function overviewRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const forms = sectionForms(scope, {
    notices,
    home: '/control',
    again: (told: Told) => overviewPage(world, told),
    labels: { historyCount: 'Payments', seed: 'Seed', retryDivisor: 'Webhook retry speed' },
  })
  const freshStartOf = (input: unknown) =>
    readInput(freshStart, withNumbers(typedFields(input), ['historyCount']))

  forms.page('/control', (_request, told) => overviewPage(world, told))

  forms.act('clock', ({ body }) => {
    const step = readInput(clockAdvance, withNumbers(typedFields(body), ['ms']))
    advanceClock(world, step)
    return `Sandbox time was moved forward by ${duration(step.ms)}.`
  })

  forms.act('switches', ({ body }) => {
    const fields = withNumbers(typedFields(body), ['retryDivisor'])
    const wish = withTruth(fields, ['depositsEnabled', 'withdrawalsEnabled'])
    world.switches.change(readInput(switchesWish, wish))
    return 'The switches were saved.'
  })

  forms.page('/control/start-over', ({ query }, told) => {
    const origin = world.origin()
    const { seed = origin.seed, historyCount = origin.historyCount } = freshStartOf(query)
    return startOverPage(world, { seed, historyCount }, told)
  })

  forms.act(
    'start-over',
    ({ body }) => {
      startOver(world, freshStartOf(body))
      return `The sandbox started over with ${countOf(world.payments.all().length, 'payment')}.`
    },
    { isOver: true },
  )
}
