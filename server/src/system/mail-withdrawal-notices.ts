import type { Db } from '../database.ts'
import type { Mailer } from '../mail/mailer.ts'
import { readUnsent, writeMailing } from './withdrawal-notices.queries.ts'

export interface NoticeMailing {
  readonly db: Db
  readonly now: () => Date
  /** Null where no mail is set up. */
  readonly mailer: Pick<Mailer, 'send'> | null
  readonly publicUrl: URL
}

/**
 * Mails one person everything about withdrawals that they were not told yet, each with the page where they
 * can act on it. Throws when it did not go out, so that the job is tried again.
 */
export async function mailWithdrawalNotices(
  { db, now, mailer, publicUrl }: NoticeMailing,
  personId: string,
): Promise<void> {
  const unsent = await readUnsent(db, personId)
  const [first] = unsent
  if (mailer === null || first === undefined) return
  const ids = unsent.map(({ id }) => id)
  const subject =
    unsent.length === 1
      ? `Desk: ${first.sentence.split('. ')[0] ?? first.sentence}`
      : `Desk: ${unsent.length} withdrawals and changes to them concern you`
  const parts = unsent.map(({ sentence, path }) => `${sentence}\n${new URL(path, publicUrl).href}`)
  try {
    await mailer.send({ to: first.email, subject, text: parts.join('\n\n') })
  } catch (error) {
    await writeMailing(db, ids, { at: now(), problem: 'The mail server did not take it.' })
    throw error
  }
  await writeMailing(db, ids, { at: now(), problem: null })
}
