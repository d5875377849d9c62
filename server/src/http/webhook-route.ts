import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingWebhook, WebhookReceiver } from '../webhooks/receive-webhook.ts'

export const webhookPath = '/webhooks/spacepay'
const bodyBytesMax = 1_048_576

/** `POST /webhooks/spacepay`: the exact bytes, whatever they claim to be, go to the receiver. */
export async function webhookRoute(
  http: FastifyInstance,
  { receiver }: { readonly receiver: WebhookReceiver },
): Promise<void> {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: bodyBytesMax },
    (_request, body, done) => done(null, body),
  )
  const answer = async (request: FastifyRequest, reply: FastifyReply, received: Received) => {
    const { headers, ip: remoteAddress } = request
    const said = await receiver.receive({ headers, remoteAddress, ...received })
    return reply.status(said.status).headers(said.headers).send(said.body)
  }
  http.setErrorHandler<FastifyError>(async (error, request, reply) => {
    if (error.statusCode !== 413) throw error
    const declared = Number(request.headers['content-length'])
    const bodyBytes = Number.isSafeInteger(declared) ? declared : bodyBytesMax
    return answer(request, reply, { body: null, bodyBytes })
  })
  http.post(webhookPath, { bodyLimit: bodyBytesMax }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    return answer(request, reply, { body, bodyBytes: body.length })
  })
}

type Received = Pick<IncomingWebhook, 'body' | 'bodyBytes'>
