import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { WEBHOOK_BODY_BYTES_MAX } from '@desk/shared/webhooks/webhook-body-limit'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'
import type {
  IncomingWebhook,
  WebhookAnswer,
  WebhookReceiver,
} from '../webhooks/receive-webhook.ts'
import { type BodyLimits, type BodyPlace, createBodyRoom } from './webhook-body.ts'

export const webhookLimits: BodyLimits = {
  bytesMax: WEBHOOK_BODY_BYTES_MAX,
  msMax: 10_000,
  requestsMax: 2_000,
  heldBytesMax: 96 * 1024 * 1024,
}

export interface WebhookRouteOptions {
  readonly receiver: WebhookReceiver
  readonly limits?: BodyLimits
}

/**
 * `POST /webhooks/spacepay`: the exact bytes, whatever they claim to be, go to the receiver. Nothing is
 * unpacked, a body has a time and a size, and what there is no room for is to be sent again.
 */
export async function webhookRoute(
  http: FastifyInstance,
  { receiver, limits = webhookLimits }: WebhookRouteOptions,
): Promise<void> {
  const room = createBodyRoom(limits)
  http.removeAllContentTypeParsers()
  // Read below, within limits of its own.
  http.addContentTypeParser('*', (_request, _payload, done) => done(null))
  // No browser reads these answers: what helmet would put on each of them guards nothing.
  http.post(webhookPath, { helmet: false }, async (request, reply) => {
    const place = room.enter()
    if (place === null) return send(reply, overloaded)
    try {
      const received = await bodyOf(request, place)
      if (received === 'no_room') return await send(reply, overloaded)
      const { headers, ip: remoteAddress } = request
      const said = await receiver.receive({ headers, remoteAddress, ...received })
      return await send(reply, said)
    } finally {
      place.leave()
    }
  })
}

const overloaded: WebhookAnswer = {
  status: 503,
  body: { error: 'Too much at once. Send it again.' },
  headers: { 'retry-after': '2' },
}

function send(reply: FastifyReply, { status, headers, body }: WebhookAnswer): FastifyReply {
  // What is left of the request is not waited for.
  if (!reply.request.raw.complete) void reply.header('connection', 'close')
  return reply.status(status).headers(headers).send(body)
}

type Received = Pick<IncomingWebhook, 'body' | 'bodyBytes' | 'unread'>

async function bodyOf(request: FastifyRequest, place: BodyPlace): Promise<Received | 'no_room'> {
  const declared = Number(request.headers['content-length'])
  const bodyBytes = Number.isSafeInteger(declared) ? declared : 0
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') return { body: null, bodyBytes, unread: 'compressed' }
  const read = await place.read(request.raw)
  switch (read.kind) {
    case 'whole':
      return { body: read.body, bodyBytes: read.body.length }
    case 'too_large':
    case 'too_slow':
      return { body: null, bodyBytes: Math.max(bodyBytes, read.bytes), unread: read.kind }
    case 'gone':
      return { body: null, bodyBytes, unread: 'too_slow' }
    case 'no_room':
      return 'no_room'
  }
}
