import { type APIRequestContext, expect } from '@playwright/test'
import { historyCount } from './sandbox.ts'

/** Every payment, newest first; a test names what it asks for otherwise. */
const everyPayment = {
  text: '',
  statuses: [],
  types: [],
  tokens: [],
  networks: [],
  minCents: null,
  maxCents: null,
  createdFrom: null,
  createdTo: null,
  createdPreset: null,
  judgements: [],
  terms: [],
  sort: 'created_desc',
}
type Query = Partial<Record<keyof typeof everyPayment, unknown>>

/** Desk's first walk through SpacePay's list is over, so that what a test looks for is there. */
export async function untilHistoryIsRead(api: APIRequestContext): Promise<void> {
  const expected = await historyCount()
  await expect
    .poll(async () => (await countPayments(api)).count, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(expected)
}

export async function countPayments(
  api: APIRequestContext,
  query: Query = {},
): Promise<{ readonly count: number }> {
  return ask(api, 'payments.summary', { query: { ...everyPayment, ...query } })
}

/** The ids of every payment that the query matches, in its order, page by page. */
export async function listPaymentIds(
  api: APIRequestContext,
  query: Query,
): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page = await ask(api, 'payments.list', { query: { ...everyPayment, ...query }, cursor })
    ids.push(...page.items.map((item: { readonly id: string }) => item.id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}

async function ask(api: APIRequestContext, procedure: string, input: unknown) {
  const answer = await api.get(`/trpc/${procedure}`, { params: { input: JSON.stringify(input) } })
  expect(answer.status(), `${procedure} answered ${await answer.text()}`).toBe(200)
  // The tests read few fields of shapes that Desk's own tests hold.
  return (await answer.json()).result.data
}
