/** What tells a receiver which request this is and that it is ours. */
interface Marks {
  readonly endpointId: string
  readonly eventId: string
  readonly deliveryId: string
  readonly timestamp: string
  readonly signature: string
  /** Headers that are left out. */
  readonly withheld: readonly string[]
}

/** The headers of a webhook, in the order they are sent. */
export function headersOf(marks: Marks): Record<string, string> {
  const all = {
    'Content-Type': 'application/json',
    'User-Agent': 'SpacePay-Sandbox-Webhooks/1',
    'X-SpacePay-Id': marks.endpointId,
    'X-SpacePay-Event-Id': marks.eventId,
    'X-SpacePay-Delivery-Id': marks.deliveryId,
    'X-SpacePay-Timestamp': marks.timestamp,
    'X-SpacePay-Signature': marks.signature,
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => !marks.withheld.includes(name)))
}
