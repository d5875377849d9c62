/** The ends SpacePay documents for a withdrawal. */
export const terminalWithdrawalStatuses: ReadonlySet<string> = new Set([
  'completed',
  'failed',
  'cancelled',
])
