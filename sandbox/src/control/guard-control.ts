import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from '../wire/api-error.ts'
import type { World } from '../world.ts'

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Keeps what controls the sandbox to those it is for. Whoever can reach it can pay payments and read
 * secrets, so it is served on this machine only, unless the settings say otherwise; and never to a page
 * of another web site that is open in somebody's browser here.
 */
export function guardControl(scope: FastifyInstance, world: World): void {
  const { host, controlFromAnywhere } = world.settings
  const isOpen = loopbackHosts.has(host) || controlFromAnywhere
  scope.addHook('onRequest', async (request) => {
    if (!isOpen) {
      throw forbidden(
        `The sandbox listens on ${host}, where other machines reach it. Set SANDBOX_CONTROL=anywhere to be able to control it all the same.`,
      )
    }
    if (isFromAnotherSite(request)) {
      throw forbidden('The sandbox is not controlled by pages of other web sites.')
    }
    if (!controlFromAnywhere && !isNameOfThisMachine(request.hostname)) {
      throw forbidden(
        'The sandbox is controlled at 127.0.0.1 or localhost. Set SANDBOX_CONTROL=anywhere to use another name.',
      )
    }
  })
}

/** Browsers say where a request was made; whatever is no browser says nothing. */
function isFromAnotherSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none' && !isLink(request)
  const { origin, host } = request.headers
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`
}

/** Somebody followed a link: reading changes nothing, and the page they came from cannot see what they see. */
function isLink({ method, headers }: FastifyRequest): boolean {
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  )
}

/** A name that somebody made point here (DNS rebinding) would make a foreign page one of ours. */
function isNameOfThisMachine(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '')
  return loopbackHosts.has(name) || (isIP(name) === 4 && name.startsWith('127.'))
}

function forbidden(message: string): ApiError {
  return new ApiError(
    { status: 403, type: 'invalid_request_error', code: 'control_forbidden' },
    message,
  )
}
