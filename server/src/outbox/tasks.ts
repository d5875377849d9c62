/** Everything that is done behind a committed transaction, and what a subject is for it. */
export interface Tasks {
  /** Read this payment from SpacePay and learn the answer. */
  readonly 'payment.refresh': (paymentId: string) => Promise<void>
}

export type TaskName = keyof Tasks
