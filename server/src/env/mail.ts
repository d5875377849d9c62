import * as z from 'zod'

/** Where mail goes out. */
export interface MailSettings {
  readonly smtpUrl: string
  readonly from: string
  /** Who gets the end of the audit log's chain once a day. */
  readonly auditTo: string | null
}

const address = (example: string) => z.email(`must be an e-mail address such as ${example}.`)

export const mailVariables = {
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      message: 'must be an address such as smtps://user:password@mail.example:465.',
    })
    .optional(),
  MAIL_FROM: address('desk@shop.example').optional(),
  AUDIT_MAIL_TO: address('audit@shop.example').optional(),
}

type MailVariables = z.infer<z.ZodObject<typeof mailVariables>>

export function mailSettings(read: MailVariables): MailSettings | null {
  if (read.SMTP_URL === undefined || read.MAIL_FROM === undefined) return null
  return { smtpUrl: read.SMTP_URL, from: read.MAIL_FROM, auditTo: read.AUDIT_MAIL_TO ?? null }
}

export function mailFaults(read: MailVariables): string[] {
  if (read.SMTP_URL !== undefined) {
    return read.MAIL_FROM === undefined
      ? ['MAIL_FROM is missing although SMTP_URL is set. Give the address that mail comes from.']
      : []
  }
  return (['MAIL_FROM', 'AUDIT_MAIL_TO'] as const)
    .filter((name) => read[name] !== undefined)
    .map((name) => `${name} is set but SMTP_URL is not, so no mail can go out. Set both or none.`)
}
