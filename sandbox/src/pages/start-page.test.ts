import { describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts'

describe('the start page', () => {
  test('makes a payment from a form and opens its checkout', async () => {
    await using sandbox = await startSandbox()
    expect(await (await fetch(sandbox.url)).text()).toContain('Create a payment')
    const made = await order(sandbox, { amount: '49.90', orderId: 'ORDER-FORM' })
    expect(made.status).toBe(303)
    const page = await (await fetch(sandbox.url + (made.headers.get('location') ?? ''))).text()
    expect(page).toContain('$49.90')
    expect(page).toContain('ORDER-FORM')
  })

  test.each(['', '12,50', '-3', '1', 'a lot', '1e9', '49.999'])(
    'answers %j with a message and makes nothing',
    async (amount) => {
      await using sandbox = await startSandbox()
      const response = await order(sandbox, { amount, orderId: 'ORDER-1' })
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('Enter an amount of at least 250 cents')
    },
  )
})

async function order(sandbox: RunningSandbox, fields: Record<string, string>) {
  return fetch(sandbox.url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  })
}
