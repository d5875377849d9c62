import type { FastifyInstance } from 'fastify'
import { defaultSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { pageHeaders, serveAsset } from '../pages/page.ts'
import { describeControl } from './control-api/describe-control.ts'
import { describeApi } from './describe-api.ts'
import { docsPage } from './page/docs-page.ts'
import { postmanCollection } from './postman-collection.ts'

/** What this sandbox serves, for machines and for people. */
export function openapiRoutes(scope: FastifyInstance, world: World): void {
  serveAsset(scope, '/docs/docs.css', new URL('./page/docs.css', import.meta.url))
  serveAsset(scope, '/docs/docs.js', new URL('./page/docs.js', import.meta.url))

  scope.get('/docs', (_request, reply) => {
    const credentials = { secretKey: openKey(world) || 'sk_test_…', paymentSecret: 'ps_sandbox_…' }
    const told = { document: describeApi(world), credentials }
    return reply.headers(pageHeaders).send(docsPage(told, apiLinks))
  })

  scope.get('/docs/control', (_request, reply) => {
    const told = { document: describeControl(world), credentials: {} }
    return reply.headers(pageHeaders).send(docsPage(told, controlLinks))
  })

  scope.get('/docs/control.json', () => describeControl(world))

  scope.get('/docs/swagger.json', () => describeApi(world))

  scope.get('/docs/postman.json', (_request, reply) =>
    reply
      .header(
        'Content-Disposition',
        'attachment; filename="spacepay-sandbox.postman_collection.json"',
      )
      .send(postmanCollection(describeApi(world), openKey(world))),
  )
}

const apiLinks = [
  { path: '/docs/swagger.json', name: 'OpenAPI 3.1 document' },
  { path: '/docs/postman.json', name: 'Postman collection' },
  { path: '/docs/control', name: 'Control of the sandbox itself' },
] as const

const controlLinks = [
  { path: '/docs/control.json', name: 'OpenAPI 3.1 document' },
  { path: '/docs', name: 'The SpacePay API' },
] as const

/** The secret key, if it is the one that everybody knows: whoever set another wants it kept. */
function openKey({ settings }: World): string {
  return settings.secretKey === defaultSettings.secretKey ? settings.secretKey : ''
}
