import type { Db } from '../database.ts'
import { readAuditHead } from './audit.queries.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface HeadNews {
  readonly db: Db
  readonly log: { info(facts: object, message: string): void }
  /** Null where no mail is set up, or nobody to be told. */
  readonly mail: { readonly to: string; readonly send: (mail: Mail) => Promise<void> } | null
}

/**
 * Takes the end of the audit log out of the database, into the log of this process and by mail: whoever
 * later removes or rewrites entries cannot reach it there.
 */
export async function tellAuditHead({ db, log, mail }: HeadNews): Promise<void> {
  const head = await readAuditHead(db)
  log.info(head, 'audit head')
  await mail?.send({
    to: mail.to,
    subject: `Desk audit log: entry ${head.seq}`,
    text:
      `The audit log ends at entry ${head.seq}${head.at === null ? '' : `, written at ${head.at}`}.\n` +
      `Its hash is ${head.hash}\n\n` +
      'Keep this message. Whether the log still holds everything up to that entry, unchanged, is shown by\n\n' +
      `  pnpm verify audit --seq ${head.seq} --hash ${head.hash}\n`,
  })
}
