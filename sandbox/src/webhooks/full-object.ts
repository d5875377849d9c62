import type { PaymentStore } from '../payments/payment-store.ts'
import { seedPaymentJson } from '../payments/seed-payment.ts'
import { paymentJson } from '../payments/serialise-payment.ts'
import type { SandboxSettings } from '../settings.ts'
import { withdrawalJson } from '../withdrawals/serialise-withdrawal.ts'
import type { WithdrawalStore } from '../withdrawals/withdrawal-store.ts'

interface Shelves {
  readonly settings: SandboxSettings
  readonly payments: PaymentStore
  readonly withdrawals: WithdrawalStore
}

/** The payment or withdrawal as its GET route shows it at `now`, which generation A sent whole; null when there is none. */
export function fullObject(
  shelves: Shelves,
  subjectId: string,
  now: number,
): Readonly<Record<string, unknown>> | null {
  const { echoMetadata, receiptUnsettled, profile } = shelves.settings
  const payment = shelves.payments.find(subjectId)
  if (payment) {
    const shown = paymentJson(payment, { now, echoMetadata, receiptUnsettled, profile })
    return profile === 'seed' ? seedPaymentJson(payment, shown) : shown
  }
  const withdrawal = shelves.withdrawals.find(subjectId)
  return withdrawal && withdrawalJson(withdrawal, profile)
}
