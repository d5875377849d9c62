import { handedOut } from './handed-out.ts'

/** The shop's side of the story: its own calls to SpacePay, and what the customer then does. */
export const sandboxUrl = `http://127.0.0.1:${process.env['DESK_SANDBOX_PORT']}`
export const merchantSecretKey = 'sk_test_sandbox_merchant'
const payments = `${sandboxUrl}/v1/external/secretkey-auth/payments`

export interface SandboxPayment {
  readonly id: string
  readonly orderId: string
  readonly depositAddress: string
}

export interface CreatedPayment extends SandboxPayment {
  readonly secret: string
  readonly paymentUrl: string
}

export async function createPayment(order: {
  readonly orderId: string
  readonly amountCents?: number
  /** As the shop sends it: text that should hold JSON. */
  readonly metadata?: string
  readonly redirectUrl?: string
}): Promise<CreatedPayment> {
  const { orderId, amountCents = 14_999, metadata, redirectUrl } = order
  const body = {
    amount: amountCents,
    currency: 'USD',
    orderId,
    ...(metadata !== undefined && { customMetadata: metadata }),
    ...(redirectUrl !== undefined && { redirectUrl }),
  }
  const made = await call(payments, { method: 'POST', body: JSON.stringify(body) })
  handedOut(made.secret)
  return { ...inShort(made.payment), secret: made.secret, paymentUrl: made.paymentUrl }
}

/**
 * A completed payment of the shop's history, with what a customer could quote from it. Some customers
 * try twice under one order id, and some ids contain others: this one's is found nowhere else.
 */
export async function someCompletedPayment(
  nth = 7,
): Promise<SandboxPayment & { readonly txHash: string }> {
  const history: ListedPayment[] = (await call(`${payments}?limit=1000`)).data
  const payment = history.filter(
    ({ status, orderId }) =>
      status === 'completed' &&
      history.filter((other) => other.orderId?.includes(orderId)).length === 1,
  )[nth]
  if (!payment?.receipt) throw new Error('The history has too few completed payments.')
  return { ...inShort(payment), txHash: payment.receipt.txHash }
}

/** What the shop sold so far, the newest first, without orders that were tried twice or have no fixed amount. */
export async function soldOnce(): Promise<
  readonly (SandboxPayment & { readonly amountCents: number; readonly txHash: string | null })[]
> {
  const history: ListedPayment[] = (await call(`${payments}?limit=1000`)).data
  const times = Map.groupBy(history, ({ orderId }) => orderId)
  return history
    .filter(
      ({ orderId, amountInCents }) => amountInCents !== null && times.get(orderId)?.length === 1,
    )
    .map((payment) => ({
      ...inShort(payment),
      amountCents: payment.amountInCents ?? 0,
      txHash: payment.receipt?.txHash ?? null,
    }))
}

interface ListedPayment {
  readonly id: string
  readonly amountInCents: number | null
  readonly status: string
  readonly orderId: string
  readonly depositAddress: { readonly address: string }
  readonly receipt: { readonly txHash: string } | null
}

/** The customer pays, or does what the outcome says. */
export async function customerDoes(
  id: string,
  outcome: 'exact' | 'under' | 'over' | 'late' | 'expire',
): Promise<void> {
  await call(`${sandboxUrl}/__sandbox/payments/${id}/simulate`, {
    method: 'POST',
    body: JSON.stringify({ outcome }),
  })
}

/**
 * A payment that ended so, with money from a sender whom nobody rates as a risk: the sandbox rates one in
 * a hundred so, and that is another story.
 */
export async function paymentWhereCustomer(
  outcome: Parameters<typeof customerDoes>[1],
): Promise<CreatedPayment> {
  const payment = await createPayment({ orderId: newOrderId() })
  await customerDoes(payment.id, outcome)
  const { receipt }: { receipt: { txRiskSeverity: string } | null } = await call(
    `${payments}/${payment.id}`,
  )
  const isRisky = /^(?:HIGH|CRITICAL)_RISK$/.test(receipt?.txRiskSeverity ?? '')
  return isRisky ? paymentWhereCustomer(outcome) : payment
}

/** Meanwhile SpacePay breaks every connection without an answer. */
export async function whileSpacePayIsDown(work: () => Promise<void>): Promise<void> {
  const faults = `${sandboxUrl}/__sandbox/faults`
  const outage = { on: 'any', effect: { kind: 'reset' }, percent: 100 }
  const { id } = await call(faults, { method: 'POST', body: JSON.stringify(outage) })
  try {
    await work()
  } finally {
    const headers = { 'x-spacepay-secret-key': merchantSecretKey }
    await fetch(`${faults}/${id}`, { method: 'DELETE', headers })
  }
}

/** How many payments SpacePay holds for the shop. */
export async function historyCount(): Promise<number> {
  return (await call(`${sandboxUrl}/__sandbox/state`)).payments
}

/** Order ids that no other test and no history uses. */
export function newOrderId(prefix = 'E2E'): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8).toUpperCase()}`
}

function inShort(
  payment: Pick<ListedPayment, 'id' | 'orderId' | 'depositAddress'>,
): SandboxPayment {
  return {
    id: payment.id,
    orderId: payment.orderId,
    depositAddress: payment.depositAddress.address,
  }
}

async function call(url: string, init: RequestInit = {}) {
  const headers = {
    'content-type': 'application/json',
    'x-spacepay-secret-key': merchantSecretKey,
  }
  const response = await fetch(url, { ...init, headers })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  // The tests read few fields of a shape the sandbox's own tests hold to the contract.
  return response.json()
}
