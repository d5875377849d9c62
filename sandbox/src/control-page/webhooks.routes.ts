import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { attemptQuery, findAttempts } from '../control/webhooks.routes.ts'
import { html } from '../pages/html.ts'
import {
  addEndpoint,
  changeEndpoint,
  endpointChange,
  endpointNamed,
  newEndpoint,
  removeEndpoint,
  rotateSecret,
  rotation,
  sendTest,
} from '../webhooks/endpoints.ts'
import { resendEvents } from '../webhooks/resend-events.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { attemptPage } from './attempt-page.ts'
import { type AttemptSearch, attemptPath } from './attempts-table.ts'
import { endpointPage } from './endpoint-page.ts'
import { newestPage } from './pager.ts'
import { type SectionForms, sectionForms } from './section-forms.ts'
import { foreignText } from './shown.ts'
import type { Notices, Told } from './told.ts'
import { filledFields, typedFields, withNumbers } from './typed-fields.ts'
import { resentText, secretNotice, webhooksPage } from './webhooks-page.ts'

const attemptSearch = z.object({
  q: z.string().max(255).default(''),
  endpointId: z.string().default(''),
  eventType: z.string().default(''),
  outcome: z.string().default(''),
  offset: z.int().default(0),
})
const reference = z.object({ id: z.string() })
const delivery = z.object({ deliveryId: z.string() })
const about = z.object({ about: z.string().trim().min(1) })
const MINUTE_MS = 60_000
const recent = z.object({
  minutes: z.int().min(1).max(1_000_000),
})

/** Endpoints and everything that was sent to them. */
export function webhookPageRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const listPage = (query: unknown, told: Told) => {
    const wanted = readInput(attemptSearch, withNumbers(typedFields(query), ['offset']))
    const { offset, ...search } = wanted
    return webhooksPage(
      world,
      { search, page: newestPage(attemptsFor(world, search), offset) },
      told,
    )
  }
  const forms = sectionForms(scope, {
    notices,
    home: '/control/webhooks',
    again: (told) => pageAgain(world, told, listPage),
    labels: {
      url: 'Address',
      name: 'Name',
      description: 'Description',
      secret: 'Secret',
      merchantId: 'Merchant',
      about: 'Id',
      minutes: 'Minutes',
      q: 'Search',
    },
  })

  forms.page('/control/webhooks', ({ query }, told) => listPage(query, told))
  forms.page('/control/webhooks/:id', ({ params }, told) =>
    endpointPage(world, readInput(reference, params).id, told),
  )
  forms.page('/control/webhooks/attempts/:id', ({ params }, told) =>
    attemptPage(world, readInput(reference, params).id, told),
  )
  endpointActs(world, forms)
  resendActs(world, forms)
}

/** A refusal is said where the form stood: on the page of its endpoint, or on the list. */
function pageAgain(
  world: World,
  told: Told,
  listPage: (query: unknown, told: Told) => string,
): string {
  const id = told.refusal?.values['id']
  const form = told.refusal?.values['form']
  const isOnEndpoint = form === 'change' || form === 'rotate'
  if (id === undefined || !isOnEndpoint || !world.webhooks.store.endpoint(id)) {
    return listPage({}, told)
  }
  return endpointPage(world, id, told)
}

function attemptsFor(world: World, { q, ...rest }: AttemptSearch) {
  const words = q.trim().toLowerCase()
  return findAttempts(world, readInput(attemptQuery, filledFields(rest))).filter((attempt) =>
    [attempt.eventId, attempt.subjectId, attempt.deliveryId].some((id) => id.includes(words)),
  )
}

function endpointActs(world: World, forms: SectionForms): void {
  /** The endpoint a form is about, and what it asks for. */
  const readForm = (body: unknown) => {
    const { id, form: _, ...wish } = typedFields(body)
    return { endpoint: endpointNamed(world, readInput(reference, { id }).id), wish }
  }

  forms.act('endpoint', ({ body }) => {
    const { form: _, ...wish } = filledFields(body)
    return secretNotice(addEndpoint(world, readInput(newEndpoint, wish)), 'The endpoint was added.')
  })

  forms.act('endpoint-change', ({ body }) => {
    const { endpoint, wish } = readForm(body)
    changeEndpoint(world, endpoint, readInput(endpointChange, wish))
    return 'The endpoint was saved.'
  })

  forms.act('endpoint-status', ({ body }) => {
    const { endpoint, wish } = readForm(body)
    const { name, status } = changeEndpoint(world, endpoint, readInput(endpointChange, wish))
    return status === 'ACTIVE'
      ? html`${foreignText(name)} is active, and what waited for it is on its way.`
      : html`${foreignText(name)} is disabled: it is told nothing until it is enabled.`
  })

  forms.act('endpoint-rotate', ({ body }) => {
    const { endpoint } = readForm(body)
    const { id: _, form: __, ...wish } = filledFields(body)
    const rotated = rotateSecret(world, endpoint, readInput(rotation, wish))
    return secretNotice(rotated, 'The secret was rotated.')
  })

  forms.act('endpoint-test', async ({ body }) => {
    const attempt = await sendTest(world, readForm(body).endpoint)
    const answer = attempt.status === null ? 'no answer' : `answer ${attempt.status}`
    return html`The test got ${answer} ${attempt.error === null ? null : html`(${attempt.error})`}:
      <a href="${attemptPath(attempt)}">what was sent</a>.`
  })

  forms.act(
    'endpoint-remove',
    ({ body }) => {
      const { endpoint } = readForm(body)
      removeEndpoint(world, endpoint)
      return html`${foreignText(endpoint.name)} was removed.`
    },
    { isOver: true },
  )
}

function resendActs(world: World, forms: SectionForms): void {
  forms.act('resend-delivery', ({ body }) =>
    resentText(resendEvents(world, readInput(delivery, body))),
  )

  forms.act('resend', ({ body }) => {
    const id = readInput(about, body).about
    const wish = id.startsWith('evt_') ? { eventId: id } : { subjectId: id }
    return resentText(resendEvents(world, wish))
  })

  forms.act('resend-since', ({ body }) => {
    const { minutes } = readInput(recent, withNumbers(typedFields(body), ['minutes']))
    const since = new Date(world.clock.now() - minutes * MINUTE_MS).toISOString()
    return resentText(resendEvents(world, { since }))
  })
}
