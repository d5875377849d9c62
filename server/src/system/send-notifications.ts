import type { Db } from '../database.ts'
import type { Sealer } from '../kernel/sealed.ts'
import type { Mailer } from '../mail/mailer.ts'
import { ChatError, type ChatReach, postChat } from './post-chat.ts'
import { type ChannelRow, findChannel, readDue, writeAttempt } from './notifications.queries.ts'

export interface Sending {
  readonly db: Db
  readonly now: () => Date
  readonly sealer: Sealer
  /** Null where no mail is set up. */
  readonly mailer: Pick<Mailer, 'send'> | null
  readonly reach: ChatReach
  /** Where the pages are on which it is seen and decided. */
  readonly publicUrl: URL
}

/**
 * Tells a channel everything that is due, in one message. Throws when it did not go out, so that the job is
 * tried again ever more rarely; why is kept for people to see.
 */
export async function sendNotifications(sending: Sending, channelId: string): Promise<void> {
  const { db, now } = sending
  const channel = await findChannel(db, channelId)
  const due = channel ? await readDue(db, channelId, now()) : []
  const [first] = due
  if (!channel || !first) return
  const ids = due.map(({ id }) => id)
  const lines = due.map(({ sentence, made_at: madeAt }) =>
    due.length === 1
      ? sentence
      : `${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${sentence}`,
  )
  const paths = new Set(due.map(({ path }) => path ?? '/settings/status'))
  const pages = [...paths].map((path) => new URL(path, sending.publicUrl).href)
  const subject =
    due.length === 1 ? `Desk: ${headOf(first.sentence)}` : `Desk: ${due.length} notifications`
  try {
    await deliver(sending, channel, { subject, text: `${lines.join('\n')}\n\n${pages.join('\n')}` })
  } catch (error) {
    await writeAttempt(db, ids, { at: now(), problem: problemOf(error) })
    throw error
  }
  await writeAttempt(db, ids, { at: now(), problem: null })
}

async function deliver(
  { mailer, sealer, reach }: Sending,
  channel: ChannelRow,
  message: { readonly subject: string; readonly text: string },
): Promise<void> {
  if (channel.sealed_url !== null) {
    await postChat(sealer.open(channel.sealed_url, channel.id), message.text, reach)
    return
  }
  if (mailer === null) throw new ChatError('This Desk has no mail server: SMTP_URL is not set.')
  await mailer.send({ to: channel.recipients.join(', '), ...message })
}

/** The mail server's own words say most; what else goes wrong may hold the address, which is a secret. */
function problemOf(error: unknown): string {
  if (error instanceof ChatError) return error.message
  const isMailAnswer = error instanceof Error && 'response' in error
  return isMailAnswer
    ? `The mail server refused: ${error.message}`.slice(0, 300)
    : 'The message could not be handed over.'
}

/** The first sentence, for a line. */
function headOf(sentence: string): string {
  return sentence.split('. ')[0] ?? sentence
}
