import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

const partBytes = 1024 * 1024

/** One attempt at writing one export. */
export interface ExportRun {
  readonly id: string
  /** Whoever began it anew has a higher one, and what an earlier one writes is refused. */
  readonly attempt: number
}

/** Somebody cancelled it, or another Desk began it anew. */
export class ExportStopped extends Error {
  override readonly name = 'ExportStopped'
}

export type PartKind = 'file' | 'state'

/** Keeps bytes in pieces of a megabyte as they come. Throws `ExportStopped` once they are not wanted any more. */
export async function storeParts(
  db: Db,
  { run, kind }: { readonly run: ExportRun; readonly kind: PartKind },
  chunks: AsyncIterable<Buffer>,
): Promise<{ readonly bytes: number; readonly sha256: Buffer }> {
  const hash = createHash('sha256')
  let [bytes, number] = [0, 0]
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const store = async () => {
    if (waitingBytes === 0) return
    await insertPart(db, run, { kind, number, bytes: Buffer.concat(waiting) })
    number += 1
    waiting = []
    waitingBytes = 0
  }
  for await (const chunk of chunks) {
    hash.update(chunk)
    bytes += chunk.length
    waiting.push(chunk)
    waitingBytes += chunk.length
    if (waitingBytes >= partBytes) await store()
  }
  await store()
  return { bytes, sha256: hash.digest() }
}

/** The lock makes whoever begins anew wait, and whoever was too slow see that they are. */
async function insertPart(
  db: Db,
  { id, attempt }: ExportRun,
  { kind, number, bytes }: { kind: PartKind; number: number; bytes: Buffer },
): Promise<void> {
  const { rows } = await sql`
    with mine as (
      select id from export where id = ${id} and attempt = ${attempt} and state = 'running' for share
    )
    insert into export_part (export_id, kind, number, bytes)
    select id, ${kind}, ${number}::integer, ${bytes}::bytea from mine
    returning number`.execute(db)
  if (rows.length === 0) throw new ExportStopped()
}

/** The bytes of a file in their order, one piece in memory at a time. */
export async function* readParts(db: Db, id: string, kind: PartKind): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const part = await db
      .selectFrom('export_part')
      .select('bytes')
      .where('export_id', '=', id)
      .where('kind', '=', kind)
      .where('number', '=', number)
      .executeTakeFirst()
    if (!part) return
    yield part.bytes
  }
}

/** Both kinds where none is named. */
export async function deleteParts(trx: Trx, id: string, kind?: PartKind): Promise<void> {
  const parts = trx.deleteFrom('export_part').where('export_id', '=', id)
  await (kind ? parts.where('kind', '=', kind) : parts).execute()
}
