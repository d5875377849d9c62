/** The shop's side of the story: its own calls to SpacePay, and what the customer then does. */
const base = `http://127.0.0.1:${process.env['DESK_SANDBOX_PORT']}`
const secretKey = 'sk_test_sandbox_merchant'
const payments = `${base}/v1/external/secretkey-auth/payments`

export interface SandboxPayment {
  readonly id: string
  readonly orderId: string
  readonly depositAddress: string
}

export async function createPayment(order: {
  readonly orderId: string
  readonly amountCents: number
  readonly metadata?: unknown
}): Promise<SandboxPayment> {
  const body = {
    amount: order.amountCents,
    currency: 'USD',
    orderId: order.orderId,
    ...(order.metadata !== undefined && { customMetadata: JSON.stringify(order.metadata) }),
  }
  const { payment } = await call(payments, { method: 'POST', body: JSON.stringify(body) })
  return {
    id: payment.id,
    orderId: payment.orderId,
    depositAddress: payment.depositAddress.address,
  }
}

/** A completed payment of the shop's history, with what a customer could quote from it. */
export async function someCompletedPayment(): Promise<
  SandboxPayment & { readonly txHash: string }
> {
  const { data } = await call(`${payments}?status=completed&limit=1&offset=7`)
  const [payment] = data
  return {
    id: payment.id,
    orderId: payment.orderId,
    depositAddress: payment.depositAddress.address,
    txHash: payment.receipt.txHash,
  }
}

/** The customer pays, or does what the outcome says. */
export async function customerDoes(
  id: string,
  outcome: 'exact' | 'under' | 'over' | 'late',
): Promise<void> {
  await call(`${base}/__sandbox/payments/${id}/simulate`, {
    method: 'POST',
    body: JSON.stringify({ outcome }),
  })
}

async function call(url: string, init: RequestInit = {}) {
  const headers = { 'content-type': 'application/json', 'x-spacepay-secret-key': secretKey }
  const response = await fetch(url, { ...init, headers })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  // The tests read few fields of a shape the sandbox's own tests hold to the contract.
  return response.json()
}
