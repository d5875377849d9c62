/** Everything that is done behind a committed transaction, and what a subject is for it. */
export interface Tasks {
  /** Read this payment from SpacePay and learn the answer. */
  readonly 'payment.refresh': (paymentId: string) => Promise<void>
  /** Tell the end of the audit log to the outside; the subject says on what occasion. */
  readonly 'audit.head': (occasion: string) => Promise<void>
  /** Mail this invitation to whom it is for. */
  readonly 'invitation.mail': (invitationId: string) => Promise<void>
}

export type TaskName = keyof Tasks
