import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import { createCache } from 'async-cache-dedupe'
import type { Read } from './decoded-calls.ts'
import type { Gateway } from './gateway.ts'

/** Reads of single payments for people looking at them: many at once cost SpacePay one call. */
export interface PaymentReads {
  /**
   * At most `freshSeconds` old, or up to `staleSeconds` older while a newer one is being fetched;
   * `readAt` says how old. Throws GatewayError when there is nothing to show.
   */
  read(paymentId: string): Promise<Read<PaymentSnapshot>>
  /** Forgets what was read so far, also what is on its way: call when any Desk learned more. */
  invalidate(paymentId: string): Promise<void>
}

export function createPaymentReads(
  gateway: Pick<Gateway, 'getPayment'>,
  { freshSeconds, staleSeconds }: { readonly freshSeconds: number; readonly staleSeconds: number },
): PaymentReads {
  const onTheWay = new Set<Ticket>()
  const fetchPayment = async (paymentId: string): Promise<Fetched> => {
    const ticket: Ticket = { paymentId, isOutdated: false }
    onTheWay.add(ticket)
    try {
      return { ticket, payment: await gateway.getPayment(paymentId) }
    } finally {
      onTheWay.delete(ticket)
    }
  }
  const cache = createCache({
    storage: { type: 'memory', options: { size: paymentsMax } },
  }).define(
    'payment',
    { ttl: unlessOutdated(freshSeconds), stale: unlessOutdated(staleSeconds) },
    fetchPayment,
  )

  return {
    read: async (paymentId) => (await cache.payment(paymentId)).payment,
    invalidate: async (paymentId) => {
      for (const ticket of onTheWay) {
        if (ticket.paymentId === paymentId) ticket.isOutdated = true
      }
      await cache.clear('payment', paymentId)
    },
  }
}

const paymentsMax = 1_000

function unlessOutdated(seconds: number): (fetched: Fetched) => number {
  return ({ ticket }) => (ticket.isOutdated ? 0 : seconds)
}

/** An answer already under way when the payment changed is given to whoever waits, but not kept. */
interface Ticket {
  readonly paymentId: string
  isOutdated: boolean
}

interface Fetched {
  readonly ticket: Ticket
  readonly payment: Read<PaymentSnapshot>
}
