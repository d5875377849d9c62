import { lookup } from 'node:dns/promises'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIPv6 } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const answerMsMax = 10_000

/** Why a message did not go out, for the people who set the channel up. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
}

export interface ChatReach {
  /** Hosts with their ports, such as `chat.internal:8443`, that may be private and without TLS. */
  readonly allowedHosts: ReadonlySet<string>
  /** Every address of a name; the system's resolver unless a test says otherwise. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

/** In words why this address may not be called, judged by its text alone; null where it may. */
export function chatUrlFault(text: string, { allowedHosts }: ChatReach): string | null {
  if (!URL.canParse(text)) return 'This is no address.'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'The address must not hold a password.'
  if (allowedHosts.has(url.host)) {
    return /^https?:$/.test(url.protocol) ? null : 'The address must begin with https://.'
  }
  if (url.protocol !== 'https:') return 'The address must begin with https://.'
  return null
}

/**
 * Posts a text to an incoming webhook in the form that Slack made common. The name is resolved once, every
 * address must be public, and the connection goes to that very address: what the name says a moment later
 * changes nothing. Redirects are not followed. Throws ChatError.
 */
export async function postChat(target: string, text: string, reach: ChatReach): Promise<void> {
  const fault = chatUrlFault(target, reach)
  if (fault !== null) throw new ChatError(fault)
  const url = new URL(target)
  const address = await addressOf(url, reach)
  const status = await post({ url, address, body: JSON.stringify({ text: asPlain(text) }) })
  if (status >= 300 && status < 400) {
    throw new ChatError(`The chat answered with a redirect (${status}), which is not followed.`)
  }
  if (status < 200 || status >= 300) throw new ChatError(`The chat answered with status ${status}.`)
}

/** What people wrote into it calls nobody and links nowhere: these three begin everything a chat reads as more than text. */
function asPlain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

async function addressOf(url: URL, { allowedHosts, resolve }: ChatReach): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  let addresses: readonly string[]
  try {
    addresses = await (resolve ?? resolveAll)(host)
  } catch {
    throw new ChatError(`The name ${host} is not known.`)
  }
  const [first] = addresses
  if (first === undefined) throw new ChatError(`The name ${host} is not known.`)
  if (!allowedHosts.has(url.host) && !addresses.every(isPublicAddress)) {
    throw new ChatError(
      `${host} leads into a private network. Whoever runs Desk can allow it by DESK_NOTIFY_ALLOWED_HOSTS.`,
    )
  }
  return first
}

async function resolveAll(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true })
  return found.map(({ address }) => address)
}

interface Post {
  readonly url: URL
  readonly address: string
  readonly body: string
}

function post({ url, address, body }: Post): Promise<number> {
  const family = isIPv6(address) ? 6 : 4
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const request = send(
    url,
    {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(answerMsMax),
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      // Newer Node asks for all of them, older for one.
      lookup: (_host, options, done) =>
        options.all ? done(null, [{ address, family }]) : done(null, address, family),
    },
    (response) => {
      // Nothing of what it says is needed.
      response.destroy()
      resolve(response.statusCode ?? 0)
    },
  )
  request.on('error', (error) =>
    reject(
      new ChatError(
        error.name === 'AbortError' || error.name === 'TimeoutError'
          ? 'The chat did not answer within ten seconds.'
          : 'The chat could not be reached.',
        { cause: error },
      ),
    ),
  )
  request.end(body)
  return promise
}
