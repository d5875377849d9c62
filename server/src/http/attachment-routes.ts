import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { ATTACHMENT_BYTES_MAX, sizeProblem } from '@desk/shared/withdrawals/attachment'
import { requestId } from '@desk/shared/withdrawals/request-input-schema'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { attachDocument, readDocument } from '../withdrawals/attachments.ts'
import { answerPerson, type PersonDependencies } from './answer-person.ts'
import { type BodyLimits, type BodyRoom, createBodyRoom } from './webhook-body.ts'

interface AttachmentDependencies extends PersonDependencies {
  readonly db: Db
  /** The business zone. */
  readonly zone: () => Promise<string>
  readonly limits?: BodyLimits
}

/** A few at a time: what they take up together is kept in memory. */
const attachmentLimits: BodyLimits = {
  bytesMax: ATTACHMENT_BYTES_MAX,
  msMax: 25_000,
  requestsMax: 16,
  heldBytesMax: 48 * 1_024 * 1_024,
}

const named = z.object({ id: requestId })
const asked = z.object({
  /** The one that was on the screen. */
  revision: z.coerce.number<string>().int().positive(),
  name: z.string().max(1_000),
})

/**
 * `POST /attachments/:id?revision=…&name=…` attaches the body to a withdrawal request and answers with its new
 * revision; `GET /attachments/:id` gives the document as it was attached, always as a file to keep.
 */
export async function attachmentRoutes(
  http: FastifyInstance,
  desk: AttachmentDependencies,
): Promise<void> {
  const room = createBodyRoom(desk.limits ?? attachmentLimits)
  http.removeAllContentTypeParsers()
  // Read below, once it is known who sends it.
  http.addContentTypeParser('*', (_request, _payload, done) => done(null))

  http.post('/attachments/:id', async (request, reply) => {
    const input = request.params
    const about = { permission: 'withdrawals:request', path: 'withdrawals.attach', input } as const
    return answerPerson(desk, { request, reply, ...about }, async (by) => {
      const { id } = idOf(input)
      const query = asked.safeParse(request.query)
      if (!query.success) throw refusedFile('The file came without its name or revision.')
      const call = { db: desk.db, by, zone: await desk.zone() }
      const attached = await withBody(room, request, (bytes) =>
        attachDocument(call, { id, ...query.data, bytes }),
      )
      return reply.send(attached)
    })
  })

  http.get('/attachments/:id', { exposeHeadRoute: false }, async (request, reply) => {
    const input = request.params
    const about = { permission: 'withdrawals:read', path: 'withdrawals.attachment', input } as const
    return answerPerson(desk, { request, reply, ...about }, async () => {
      const { name, mediaType, bytes } = await readDocument(desk.db, idOf(input).id)
      return reply
        .header(
          'content-type',
          mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
        )
        .header('content-disposition', dispositionOf(name))
        .send(bytes)
    })
  })
}

function idOf(params: unknown): { readonly id: string } {
  const read = named.safeParse(params)
  if (read.success) return read.data
  throw new Refusal('not_found', 'withdrawal_unknown', 'There is no such withdrawal.')
}

/** What is read is held until `work` is through. */
async function withBody<T>(
  room: BodyRoom,
  request: FastifyRequest,
  work: (bytes: Buffer) => Promise<T>,
): Promise<T> {
  const declared = sizeProblem(Number(request.headers['content-length'] ?? 1))
  if (declared !== null) throw refusedFile(declared)
  const place = room.enter()
  if (place === null) throw busy()
  try {
    const read = await place.read(request.raw)
    switch (read.kind) {
      case 'whole':
        return await work(read.body)
      case 'too_large':
        throw refusedFile(sizeProblem(read.bytes) ?? '')
      case 'too_slow':
      case 'gone':
        throw refusedFile('The file did not arrive whole. Attach it again.')
      case 'no_room':
        throw busy()
    }
  } finally {
    place.leave()
  }
}

function refusedFile(message: string): Refusal {
  return new Refusal('invalid', 'attachment_unfit', message)
}

function busy(): Refusal {
  const message = 'Too many files arrive just now. Attach it again in a moment.'
  return new Refusal('rate_limited', 'attachments_busy', message)
}

/** Never opened in place. Names beyond ASCII come as RFC 8187 has them. */
function dispositionOf(name: string): string {
  const ascii = name.replace(/[^ -~]/g, '_').replace(/["\\]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`
}
