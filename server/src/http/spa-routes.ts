import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const notPages = ['/trpc', '/api/', '/webhooks/', '/assets/', '/metrics', '/healthz', '/readyz']

/**
 * The browser app: hashed files are cached for ever, the page itself never, and every address that
 * is not a file or an API is a page of the app.
 */
export async function spaRoutes(http: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(`${folder}/index.html`))
    throw new Error(`The browser app is not built in ${folder}.`)
  await http.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    index: false,
    globIgnore: ['**/*.gz', '**/*.br', 'index.html'],
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/')
      response.header(
        'cache-control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  http.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const isPage = request.method === 'GET' && !notPages.some((prefix) => path.startsWith(prefix))
    if (!isPage) return reply.status(404).send({ message: 'Not found.', requestId: request.id })
    return reply.header('cache-control', 'no-store').sendFile('index.html')
  })
}
