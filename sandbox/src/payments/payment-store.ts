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
  const everyones = createSortedList<PaymentRecord>(byTime)
  const merchants = new Map<string, Orders>()

  const ordersOf = (merchantId: string) => {
    const orders = merchants.get(merchantId) ?? emptyOrders()
    merchants.set(merchantId, orders)
    return orders
  }

  return {
    find: (id) => byId.get(id) ?? null,
    put: (payment) => {
      const previous = byId.get(payment.id)
      byId.set(payment.id, payment)
      for (const order of [everyones, ...Object.values(ordersOf(payment.merchantId))]) {
        if (previous) order.remove(previous)
        order.insert(payment)
      }
    },
    load: (payments) => {
      byId.clear()
      merchants.clear()
      for (const payment of payments) byId.set(payment.id, payment)
      everyones.load([...byId.values()])
      const owned = Map.groupBy(everyones.items(), (payment) => payment.merchantId)
      for (const [merchantId, theirs] of owned) {
        for (const order of Object.values(ordersOf(merchantId))) order.load(theirs)
      }
    },
    all: () => everyones.items(),
    list: (search) => pageOf(ordersOf(search.merchantId)[search.sortBy].items(), search),
  }
}

/** One merchant's payments in each order they may be listed in. */
type Orders = Readonly<Record<PaymentSearch['sortBy'], SortedList<PaymentRecord>>>

function emptyOrders(): Orders {
  return { createdAt: createSortedList(byTime), amountInCents: createSortedList(byAmount) }
}

/** A page without conditions is cut out at once, wherever it is; one with conditions is counted through. */
function pageOf(ascending: readonly PaymentRecord[], search: PaymentSearch) {
  const { length } = ascending
  const at = (index: number) => ascending[search.sortOrder === 'ASC' ? index : length - 1 - index]
  const rows: PaymentRecord[] = []
  const hasConditions = Boolean(search.type ?? search.status ?? search.search)
  if (!hasConditions) {
    const end = Math.min(search.offset + search.limit, length)
    for (let index = search.offset; index < end; index += 1) {
      const payment = at(index)
      if (payment) rows.push(payment)
    }
    return { rows, total: length }
  }
  const matches = matcher(search)
  let total = 0
  for (let index = 0; index < length; index += 1) {
    const payment = at(index)
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
    if (search.type && payment.type !== search.type) return false
    if (search.status && payment.status !== search.status) return false
    if (!words || isMerchant) return true
    if (payment.id.toLowerCase().includes(words) || payment.depositAddress.includes(words))
      return true
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
