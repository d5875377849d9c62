import { createSortedList } from '../state/sorted-list.ts'
import type { WithdrawalRecord } from './withdrawal-record.ts'

export interface WithdrawalStore {
  readonly find: (id: string) => WithdrawalRecord | null
  readonly put: (withdrawal: WithdrawalRecord) => void
  readonly load: (withdrawals: readonly WithdrawalRecord[]) => void
  /** Oldest first. */
  readonly all: () => readonly WithdrawalRecord[]
}

export function createWithdrawalStore(): WithdrawalStore {
  const byId = new Map<string, WithdrawalRecord>()
  const order = createSortedList<WithdrawalRecord>(
    (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : Number(a.id > b.id)),
  )
  return {
    find: (id) => byId.get(id) ?? null,
    put: (withdrawal) => {
      const previous = byId.get(withdrawal.id)
      if (previous) order.remove(previous)
      byId.set(withdrawal.id, withdrawal)
      order.insert(withdrawal)
    },
    load: (withdrawals) => {
      byId.clear()
      for (const withdrawal of withdrawals) byId.set(withdrawal.id, withdrawal)
      order.load([...byId.values()])
    },
    all: () => order.items(),
  }
}
