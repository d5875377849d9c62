import * as z from 'zod'
import type { RunningSandbox } from '../start-sandbox.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Plain HTTP against a running sandbox; every path is a full one. */
export function clientOf(sandbox: Pick<RunningSandbox, 'url' | 'secretKey'>) {
  const call = async (method: string, path: string, sent: Sent = {}): Promise<Answer> => {
    const response = await fetch(sandbox.url + path, {
      method,
      redirect: 'manual',
      headers: {
        'X-SpacePay-Secret-Key': sandbox.secretKey,
        ...(sent.body !== undefined && { 'Content-Type': 'application/json' }),
        ...sent.headers,
      },
      ...(sent.body !== undefined && {
        body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body),
      }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? parsed(text) : text,
    }
  }
  return {
    call,
    get: (path: string, headers?: Readonly<Record<string, string>>) =>
      call('GET', path, headers ? { headers } : {}),
    post: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) =>
      call('POST', path, headers ? { body, headers } : { body }),
    create: async (wish: Readonly<Record<string, unknown>> = {}) => {
      const answer = await call('POST', paymentsPath, {
        body: { amount: 14_999, currency: 'USD', orderId: 'ORDER-8827', ...wish },
      })
      if (answer.status !== 201) throw new Error(`create answered ${answer.status}`)
      return created.parse(answer.body)
    },
    payment: async (id: string) => payment.parse((await call('GET', `${paymentsPath}/${id}`)).body),
    simulate: (id: string, outcome: string) =>
      call('POST', `/__sandbox/payments/${id}/simulate`, { body: { outcome } }),
  }
}

interface Sent {
  /** Text goes out as it is, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const paymentsPath = '/v1/external/secretkey-auth/payments'
export const withdrawalsPath = '/v1/external/secretkey-auth/withdrawals'

const payment = z.looseObject({
  id: z.string(),
  status: z.string(),
  amountInCents: z.number(),
  amountDueCents: z.number(),
  quotes: z.array(
    z.looseObject({ id: z.string(), expectedAmountAsset: z.string(), status: z.string() }),
  ),
  receipt: z
    .looseObject({ settledAmountAsset: z.string(), settledAmountUsd: z.string() })
    .nullable(),
})
const created = z.looseObject({
  payment,
  paymentId: z.string(),
  paymentUrl: z.string(),
  secret: z.string(),
})

/** Polls until `look` finds something; fails after ten seconds. */
export async function until<T>(look: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > deadline) throw new Error('Waited ten seconds for nothing.')
    await new Promise((resolve) => {
      setTimeout(resolve, 10)
    })
  }
}

function parsed(text: string): unknown {
  return JSON.parse(text)
}
