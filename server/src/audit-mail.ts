import type { Env } from './env.ts'
import type { Mail, Mailer } from './mail/mailer.ts'

/** Who gets the end of the audit log by mail, and how; null where nobody does. */
export function auditMail({ mail }: Env, mailer: Mailer | null) {
  return mail?.auditTo && mailer
    ? { to: mail.auditTo, send: (told: Mail) => mailer.send(told) }
    : null
}
