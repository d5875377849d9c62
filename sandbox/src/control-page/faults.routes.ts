import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { effectCatalogue } from '../control/effect-catalogue.ts'
import { readFaultOrder } from '../control/fault-order.ts'
import { notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { labelOf } from './fault-form.ts'
import { faultsPage } from './faults-page.ts'
import { newestPage } from './pager.ts'
import { sectionForms } from './section-forms.ts'
import { countOf } from './shown.ts'
import type { Notices } from './told.ts'
import { filledFields, typedFields, withNumbers } from './typed-fields.ts'

const logSearch = z.object({ offset: z.int().default(0) })
const reference = z.object({ id: z.string() })
const choice = z.object({ kind: z.string(), side: z.enum(['api', 'webhook']) })

/** Switching faults on and off, and looking at what they did. */
export function faultPageRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const page = (offset: number) => newestPage(world.faults.log.entries(), offset)
  const forms = sectionForms(scope, {
    notices,
    home: '/control/faults',
    again: (told) => faultsPage(world, page(0), told),
    labels: fieldLabels(),
  })

  forms.page('/control/faults', ({ query }, told) => {
    const { offset } = readInput(logSearch, withNumbers(typedFields(query), ['offset']))
    return faultsPage(world, page(offset), told)
  })

  forms.act('fault', ({ body }) => {
    world.faults.add(readFaultOrder(orderOf(body)))
    return 'The fault is on.'
  })

  forms.act('fault-off', ({ body }) => {
    const { id } = readInput(reference, body)
    if (world.faults.remove(id)) return 'The fault is off.'
    throw notFound('fault_not_found', 'There is no such fault, or it is used up.')
  })

  forms.act('faults-off', () => {
    const active = world.faults.active()
    for (const { id } of active) world.faults.remove(id)
    return `All off: ${countOf(active.length, 'fault')} removed. The log of what was injected is kept.`
  })

  forms.act('fault-log-clear', () => {
    world.faults.log.clear()
    return 'The log of what was injected was cleared.'
  })
}

/** The order a form stands for, as the API takes it: `effect.ms` of the form is `ms` of its effect. */
function orderOf(body: unknown): Record<string, unknown> {
  const { kind, side, ...fields } = filledFields(body)
  const chosen = readInput(choice, { kind, side })
  const { parameters = [] } =
    effectCatalogue.find((one) => one.kind === chosen.kind && one.side === chosen.side) ?? {}
  const numbers = parameters.flatMap(({ name, type }) =>
    type === 'integer' || type === 'integer_or_text' ? [`effect.${name}`] : [],
  )
  const order: Record<string, unknown> = chosen.side === 'webhook' ? { on: 'webhook' } : {}
  const effect: Record<string, unknown> = { kind: chosen.kind }
  for (const [name, value] of Object.entries(
    withNumbers(fields, ['next', 'percent', ...numbers]),
  )) {
    if (name.startsWith('effect.')) effect[name.slice('effect.'.length)] = value
    else order[name] = value
  }
  return { ...order, effect }
}

function fieldLabels(): Record<string, string> {
  const labels: Record<string, string> = {
    on: 'Route',
    next: 'Next',
    percent: 'Percent',
    subject: 'Only about',
    phase: 'When',
    eventType: 'Event',
  }
  for (const { parameters } of effectCatalogue) {
    for (const { name } of parameters) labels[`effect.${name}`] = labelOf(name)
  }
  return labels
}
