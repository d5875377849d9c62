import { createSortedList, type SortedList } from '../state/sorted-list.ts'
import { merchantOf } from '../registry/merchant.ts'
import { hasSettledMoney, type PaymentRecord } from './payment-record.ts'

export interface PaymentSearch {
  readonly merchantId: string
  readonly type: PaymentRecord['type'] | undefined
  readonly status: PaymentRecord['status'] | undefined
  /** Part of an id, deposit address, merchant name, receipt hash or receipt sender; not of an order id. */
  readonly search: string | undefined
  readonly sortBy: 'createdAt' | 'amountInCents'
  readonly sortOrder: 'ASC' | 'DESC'
  readonly limit: number
  readonly offset: number
}

export interface PaymentStore {
  readonly find: (id: string) => PaymentRecord | null
  readonly put: (payment: PaymentRecord) => void
  readonly load: (payments: readonly PaymentRecord[]) => void
  /** Oldest first. */
  readonly all: () => readonly PaymentRecord[]
  readonly list: (search: PaymentSearch) => { rows: PaymentRecord[]; total: number }
}

export function createPaymentStore(): PaymentStore {
  const byId = new Map<string, PaymentRecord>()
  const orders = {
    createdAt: createSortedList<PaymentRecord>(byTime),
    amountInCents: createSortedList<PaymentRecord>(byAmount),
  }

  return {
    find: (id) => byId.get(id) ?? null,
    put: (payment) => {
      const previous = byId.get(payment.id)
      byId.set(payment.id, payment)
      for (const order of Object.values(orders)) {
        if (previous) order.remove(previous)
        order.insert(payment)
      }
    },
    load: (payments) => {
      byId.clear()
      for (const payment of payments) byId.set(payment.id, payment)
      for (const order of Object.values(orders)) order.load([...byId.values()])
    },
    all: () => orders.createdAt.items(),
    list: (search) => pageOf(orders[search.sortBy], search),
  }
}

function pageOf(order: SortedList<PaymentRecord>, search: PaymentSearch) {
  const rows: PaymentRecord[] = []
  const matches = matcher(search)
  const items = order.items()
  let total = 0
  for (let index = 0; index < items.length; index += 1) {
    const payment = items[search.sortOrder === 'ASC' ? index : items.length - 1 - index]
    if (!payment || !matches(payment)) continue
    if (total >= search.offset && rows.length < search.limit) rows.push(payment)
    total += 1
  }
  return { rows, total }
}

function matcher(search: PaymentSearch): (payment: PaymentRecord) => boolean {
  const words = search.search?.toLowerCase()
  const isMerchant =
    words !== undefined && merchantOf(search).shortName.toLowerCase().includes(words)
  return (payment) => {
    if (payment.merchantId !== search.merchantId) return false
    if (search.type && payment.type !== search.type) return false
    if (search.status && payment.status !== search.status) return false
    if (!words || isMerchant) return true
    if (payment.id.includes(words) || payment.depositAddress.includes(words)) return true
    return (
      hasSettledMoney(payment) &&
      payment.transaction !== null &&
      (payment.transaction.hash.includes(words) || payment.transaction.sender.includes(words))
    )
  }
}

function byTime(a: PaymentRecord, b: PaymentRecord): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : Number(a.id > b.id))
}

function byAmount(a: PaymentRecord, b: PaymentRecord): number {
  return a.amountCents - b.amountCents || byTime(a, b)
}
