import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const notPages = [
  '/trpc',
  '/api/',
  '/webhooks/spacepay',
  '/assets/',
  '/metrics',
  '/healthz',
  '/readyz',
]

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
      response.header('cache-control', cachingOf(path, folder))
    },
  })
  http.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const isPage = isRead && !notPages.some((prefix) => path.startsWith(prefix))
    if (!isPage) return reply.status(404).send({ message: 'Not found.', requestId: request.id })
    return reply.sendFile('index.html')
  })
}

/** The page names the hashed files, so an old copy of it would ask for files that are gone. */
function cachingOf(path: string, folder: string): string {
  if (path.startsWith(`${folder}/assets/`)) return 'public, max-age=31536000, immutable'
  return path.startsWith(`${folder}/index.html`) ? 'no-store' : 'no-cache'
}
