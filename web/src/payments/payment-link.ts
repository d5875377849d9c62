/** The whole address of a payment's own page, for a colleague. */
export function paymentLink(id: string): string {
  return new URL(`/payments/${encodeURIComponent(id)}`, location.origin).href
}
