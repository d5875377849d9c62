import type { FastifyInstance } from 'fastify'
import type { WebhookReceiver } from '../webhooks/receive-webhook.ts'

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
  http.post(webhookPath, {
    bodyLimit: bodyBytesMax,
    errorHandler: async (error, request, reply) => {
      if (error.statusCode !== 413) throw error
      const declared = Number(request.headers['content-length'])
      const answer = await receiver.receive({
        headers: request.headers,
        body: null,
        bodyBytes: Number.isSafeInteger(declared) ? declared : bodyBytesMax,
        remoteAddress: request.ip,
      })
      return reply.status(answer.status).headers(answer.headers).send(answer.body)
    },
    handler: async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const answer = await receiver.receive({
        headers: request.headers,
        body,
        bodyBytes: body.length,
        remoteAddress: request.ip,
      })
      return reply.status(answer.status).headers(answer.headers).send(answer.body)
    },
  })
}
