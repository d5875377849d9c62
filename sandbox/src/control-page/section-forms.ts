import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Html, html } from '../pages/html.ts'
import { pageHeaders } from '../pages/page.ts'
import { ApiError } from '../wire/api-error.ts'
import { typedFields } from './typed-fields.ts'
import { type Notices, nothingTold, type Told } from './told.ts'

/**
 * As the other pages, but our own forms may say where they were sent from: a browser that is not
 * told otherwise hides it, and then cannot be told from one on a page of another site.
 */
export const controlHeaders = { ...pageHeaders, 'Referrer-Policy': 'same-origin' } as const

/** Forms are sent below this; a page with a refusal on it stands at such an address, and is no page to return to. */
export const actPath = '/control/do'

type Done = string | Html

export interface SectionForms {
  /** Serves a page of the section; what `show` refuses is said on the section's own page. */
  readonly page: (path: string, show: (request: FastifyRequest, told: Told) => string) => void
  /**
   * Takes the form sent to `actPath/name`: `act` does it and says so in a sentence, or refuses by
   * throwing an `ApiError`. Leads back to where the form stood, or home when that is over.
   */
  readonly act: (
    name: string,
    act: (request: FastifyRequest) => Done | Promise<Done>,
    options?: { readonly isOver: boolean },
  ) => void
}

export interface SectionPlan {
  readonly notices: Notices
  /** Where to go on when the browser does not say where the form stood. */
  readonly home: string
  /** The section's page, to say a refusal on. */
  readonly again: (told: Told) => string
  /** What the fields are called on the page. */
  readonly labels?: Readonly<Record<string, string>>
}

/** The pages and forms of one section. Everything works without a script. */
export function sectionForms(scope: FastifyInstance, plan: SectionPlan): SectionForms {
  const { notices, home, again, labels = {} } = plan

  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    if (!(error instanceof ApiError)) throw error
    const param = error.param ?? null
    const label = param === null ? undefined : labels[param]
    const refusal = {
      param,
      message: label === undefined ? error.message : error.message.replace(`${param}`, label),
      values: typedFields(request.body ?? request.query),
    }
    reply.code(error.status).headers(controlHeaders)
    return reply.send(again({ ...nothingTold, refusal }))
  }

  return {
    page: (path, show) => {
      scope.get(path, (request, reply) => {
        try {
          const { told } = typedFields(request.query)
          const markup = show(request, { ...nothingTold, done: notices.take(told) })
          return reply.headers(controlHeaders).send(markup)
        } catch (error) {
          return refuse(request, reply, error)
        }
      })
    },
    act: (name, act, { isOver } = { isOver: false }) => {
      scope.post(`${actPath}/${name}`, async (request, reply) => {
        try {
          const done = await act(request)
          const ticket = notices.leave(typeof done === 'string' ? html`${done}` : done)
          const from = isOver ? undefined : request.headers.referer
          return reply.redirect(pathBack(from, home, ticket), 303)
        } catch (error) {
          return refuse(request, reply, error)
        }
      })
    },
  }
}

/** Back to the page the form was on, with its filters, as long as that was one of ours. */
function pathBack(referer: string | undefined, home: string, ticket: string): string {
  const { pathname, search } = URL.parse(referer ?? '') ?? { pathname: '', search: '' }
  const isPage = pathname.startsWith('/control') && !pathname.startsWith(actPath)
  const url = new URL(isPage ? pathname + search : home, 'http://sandbox.localhost')
  url.searchParams.set('told', ticket)
  return url.pathname + url.search
}
