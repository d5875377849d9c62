import type { FastifyInstance } from 'fastify'
import { defaultSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { describeApi } from './describe-api.ts'
import { postmanCollection } from './postman-collection.ts'

/** What this sandbox serves, for machines and for people. */
export function openapiRoutes(scope: FastifyInstance, world: World): void {
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

/** The secret key, if it is the one that everybody knows: whoever set another wants it kept. */
function openKey({ settings }: World): string {
  return settings.secretKey === defaultSettings.secretKey ? settings.secretKey : ''
}
