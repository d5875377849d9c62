/**
 * Everything that is done behind a committed transaction, and what a subject is for it. A task is done at
 * least once: one whose Desk died is begun again by another, and where Postgres could not tell for a while who
 * lives, even twice at the same time. So each is written to be harmless when repeated.
 */
export interface Tasks {
  /** Read this payment from SpacePay and learn the answer. */
  readonly 'payment.refresh': Task
  /** Read this withdrawal from SpacePay and learn the answer. */
  readonly 'withdrawal.refresh': Task
  /** Tell the end of the audit log to the outside; the subject says on what occasion. */
  readonly 'audit.head': Task
  /** Mail this invitation to whom it is for. */
  readonly 'invitation.mail': Task
  /** Write the file of this export. */
  readonly 'export.run': Task
  /** Match what this bank statement brought. */
  readonly 'bank.match': Task
  /** Write this file of a closed month. */
  readonly 'month.file': Task
  /** Delete files of exports that are old enough; the subject says on what occasion. */
  readonly 'export.expire': Task
  /** Make and drop the monthly tables of webhook bytes; the subject says on what occasion. */
  readonly 'webhook.bodies': Task
  /** Tell this channel everything that is due. */
  readonly 'notification.send': Task
  /** Send this approved withdrawal request to SpacePay, if nothing holds it. */
  readonly 'withdrawal.send': Task
  /** Mail this person what they can act on in withdrawals. */
  readonly 'withdrawal_notice.mail': Task
}

/** Does it for one subject; `ending` aborts when the workers are to end soon. */
type Task = (subject: string, ending: AbortSignal) => Promise<void>

export type TaskName = keyof Tasks
