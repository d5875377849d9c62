import { readAddress } from '@desk/shared/withdrawals/destination-address'
import { readRequestAmount } from '@desk/shared/withdrawals/request-amount'
import type { CreateRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import { labelText, reasonText } from '@desk/shared/withdrawals/request-text-schema'

/** What stands in the form, as it was typed. */
export interface WithdrawalDraft {
  readonly amount: string
  /** An entry of the address book; empty for a new address. */
  readonly destinationId: string
  readonly network: string
  readonly address: string
  readonly label: string
  readonly reason: string
}

export const emptyDraft: WithdrawalDraft = {
  amount: '',
  destinationId: '',
  network: '',
  address: '',
  label: '',
  reason: '',
}

export type DraftFaults = Partial<Record<keyof WithdrawalDraft, string>>
export type Asked = Omit<CreateRequestInput, 'attempt'>

/** What is asked for, or at which fields it is not understood. */
export function readDraft(
  draft: WithdrawalDraft,
): { readonly asked: Asked } | { readonly faults: DraftFaults } {
  const faults: DraftFaults = {}
  const amount = readRequestAmount(draft.amount)
  if (amount.cents === null) faults.amount = amount.problem
  const reason = reasonText.safeParse(draft.reason)
  if (!reason.success) faults.reason = reason.error.issues[0]?.message ?? 'Give a reason.'
  if (draft.network === '') {
    faults[draft.destinationId === '' ? 'network' : 'destinationId'] = 'Choose one.'
  }
  const destination = destinationIn(draft, faults)
  if (amount.cents === null || !reason.success || destination === null || draft.network === '') {
    return { faults }
  }
  return {
    asked: {
      amountCents: amount.cents,
      network: draft.network,
      destination,
      reason: reason.data,
    },
  }
}

function destinationIn(draft: WithdrawalDraft, faults: DraftFaults): Asked['destination'] | null {
  if (draft.destinationId !== '') return { kind: 'book', id: draft.destinationId }
  const { address, problem } = readAddress(draft.network, draft.address)
  const label = labelText.safeParse(draft.label)
  if (address === null && draft.network !== '') faults.address = problem
  if (!label.success) faults.label = label.error.issues[0]?.message ?? 'Give it a label.'
  return address === null || !label.success ? null : { kind: 'new', address, label: label.data }
}
