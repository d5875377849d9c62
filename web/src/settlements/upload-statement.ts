import * as z from 'zod/mini'
import {
  importedStatement,
  type ImportedStatement,
  STATEMENT_BYTES_MAX,
  STATEMENT_PREVIEW_BYTES,
  statementPreview,
  type StatementPreview,
} from '@desk/shared/settlements/bank-statements'
import type { StatementUpload } from '@desk/shared/settlements/bank-input'

/** Why a file was not taken, in Desk's words. */
class UploadRefused extends Error {
  override readonly name = 'UploadRefused'
}

/** How the beginning of a file would be read. Throws `UploadRefused`. */
export async function askPreview(file: File, upload: StatementUpload): Promise<StatementPreview> {
  const head = file.slice(0, STATEMENT_PREVIEW_BYTES)
  return statementPreview.parse(await send('/preview', head, upload))
}

/** Has Desk keep a statement. Throws `UploadRefused`, and then nothing was kept. */
export async function sendStatement(
  file: File,
  upload: StatementUpload,
): Promise<ImportedStatement> {
  // What is too large is refused before it is sent.
  if (file.size > STATEMENT_BYTES_MAX) {
    throw new UploadRefused('This file is larger than 20 MB. Import shorter periods.')
  }
  return importedStatement.parse(await send('', file, upload))
}

const refusal = z.object({ message: z.string() })

async function send(path: string, body: Blob, upload: StatementUpload): Promise<unknown> {
  const query = new URLSearchParams({ upload: JSON.stringify(upload) })
  const answer = await fetch(`/api/bank-statements${path}?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  }).catch((error: unknown) => {
    throw new UploadRefused('Desk does not answer. Look at the list before you send it again.', {
      cause: error,
    })
  })
  const told: unknown = await answer.json().catch(() => null)
  if (answer.ok) return told
  const read = refusal.safeParse(told)
  throw new UploadRefused(read.success ? read.data.message : 'Desk could not take this file.')
}
