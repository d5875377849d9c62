import type { FastifyInstance } from 'fastify'
import { guardControl } from '../control/guard-control.ts'
import { html } from '../pages/html.ts'
import { page, serveAsset } from '../pages/page.ts'
import { ApiError } from '../wire/api-error.ts'
import type { World } from '../world.ts'
import { chainPageRoutes } from './chains.routes.ts'
import { faultPageRoutes } from './faults.routes.ts'
import { overviewRoutes } from './overview.routes.ts'
import { paymentRoutes } from './payments.routes.ts'
import { requestRoutes } from './requests.routes.ts'
import { scenarioPageRoutes } from './scenarios.routes.ts'
import { webhookPageRoutes } from './webhooks.routes.ts'
import { controlHeaders } from './section-forms.ts'
import { createNotices } from './told.ts'

/** The control panel at /control: what the routes under /__sandbox do, for people. */
export function controlPageRoutes(pages: FastifyInstance, world: World): void {
  pages.register(async (scope) => {
    guardControl(scope, world)
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof ApiError)) throw error
      return reply.code(error.status).headers(controlHeaders).send(refusalPage(error.message))
    })
    serveAsset(scope, '/control/control.css', new URL('./control.css', import.meta.url))
    serveAsset(scope, '/control/control.js', new URL('./control.js', import.meta.url))
    const notices = createNotices()
    overviewRoutes(scope, world, notices)
    scenarioPageRoutes(scope, world, notices)
    paymentRoutes(scope, world, notices)
    webhookPageRoutes(scope, world, notices)
    faultPageRoutes(scope, world, notices)
    chainPageRoutes(scope, world, notices)
    requestRoutes(scope, world, notices)
  })
}

/** Says why there is nothing to see here; nothing of the sandbox is on it. */
function refusalPage(message: string): string {
  return page({
    title: 'SpacePay sandbox',
    body: html`<main>
      <section>
        <h1>No control from here</h1>
        <p>${message}</p>
      </section>
    </main>`,
  })
}
