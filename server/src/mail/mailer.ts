import { createTransport } from 'nodemailer'

const connectMsMax = 10_000
const answerMsMax = 30_000

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same for programs that show it; nothing in it is escaped any more. */
  readonly html?: string
}

export interface Mailer {
  /** Resolves once the server took it; rejects when it did not, so that the job is tried again. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** Mail over SMTP. nodemailer encodes every field, so that no text in one can begin another. */
export function createMailer(settings: {
  readonly smtpUrl: string
  readonly from: string
}): Mailer {
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: connectMsMax,
    greetingTimeout: connectMsMax,
    socketTimeout: answerMsMax,
    // What is attached or linked is never fetched on behalf of a text.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (mail) => {
      await transport.sendMail({ from: settings.from, ...mail })
    },
    close: () => transport.close(),
  }
}
