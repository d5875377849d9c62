import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import type { WithdrawalDraft } from './withdrawal-draft.ts'

/** The form as it would have been filled in for an earlier request. */
export function draftOf(request: RequestCase): WithdrawalDraft {
  return {
    amount: centsToDecimal(request.amountCents),
    destinationId: request.destination.id,
    network: request.network,
    address: '',
    label: '',
    reason: request.reason,
  }
}
