import { TRPCClientError } from '@trpc/client'
import * as z from 'zod/mini'

const attached = z.object({ revision: z.int() })
const refused = z.object({
  message: z.string(),
  code: z.nullish(z.string()),
  requestId: z.nullish(z.string()),
})

/**
 * Attaches a file to the request as the page shows it; resolves to the revision that it has by it. Rejects as
 * calls of procedures do, so that screens say it in the same words.
 */
export async function attachFile(asked: {
  readonly id: string
  readonly revision: number
  readonly file: File
}): Promise<{ readonly revision: number }> {
  const { id, revision, file } = asked
  const query = new URLSearchParams({ revision: String(revision), name: file.name })
  const answer = await fetch(`/attachments/${encodeURIComponent(id)}?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => null)
  const said: unknown = await answer?.json().catch(() => null)
  const done = attached.safeParse(said)
  if (answer?.ok && done.success) return done.data
  const refusal = refused.safeParse(said)
  if (!answer || !refusal.success) throw new TRPCClientError('Desk does not answer.')
  const { message, code = null, requestId = null } = refusal.data
  throw TRPCClientError.from({
    error: {
      message,
      code: -32_000,
      data: {
        code: answer.status === 401 ? 'UNAUTHORIZED' : 'UNPROCESSABLE_CONTENT',
        httpStatus: answer.status,
        requestId,
        refusal: code,
      },
    },
  })
}
