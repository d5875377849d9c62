import { describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts'
import { clientOf, until } from '../testing/sandbox-client.ts'

async function submit(sandbox: RunningSandbox, path: string, fields: Record<string, string>) {
  return fetch(sandbox.url + path, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  })
}

describe('the checkout page', () => {
  test('shows what to pay, where and how much, and nothing from the order runs in it', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const made = await clientOf(sandbox).create({ orderId: '<script>alert(1)</script>' })
    const response = await fetch(made.paymentUrl)
    const page = await response.text()
    expect(page).toContain('$149.99')
    expect(page).toContain('150.74 USDC')
    expect(page).toMatch(/0x[0-9a-f]{40}/)
    expect(page).toContain('<svg')
    expect(page).not.toContain('<script>alert(1)')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('opens with the payment’s own secret only', async () => {
    await using sandbox = await startSandbox()
    const { paymentId } = await clientOf(sandbox).create()
    expect((await fetch(`${sandbox.url}/checkout?paymentId=${paymentId}&secret=x`)).status).toBe(
      401,
    )
    expect((await fetch(`${sandbox.url}/checkout?paymentId=nope&secret=x`)).status).toBe(404)
    expect((await fetch(`${sandbox.url}/checkout`)).status).toBe(400)
  })

  test('lets the payer choose another coin, and pay', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId, secret, paymentUrl } = await client.create({
      redirectUrl: 'https://shop.example/thanks?cart=1',
    })
    const fields = { paymentId, secret }
    const chosen = await submit(sandbox, '/checkout/quote', {
      ...fields,
      tokenId: 'f9d14525-367d-4e16-b247-8d4ed23f1413',
    })
    expect(chosen.status).toBe(303)
    expect(await (await fetch(paymentUrl)).text()).toMatch(/0\.0\d+ ETH/)

    await submit(sandbox, '/checkout/simulate', { ...fields, outcome: 'exact' })
    await until(async () =>
      (await client.payment(paymentId)).status === 'completed' ? true : null,
    )
    const page = await (await fetch(paymentUrl)).text()
    expect(page).toContain('Paid. Thank you.')
    expect(page).toContain(
      `https://shop.example/thanks?cart=1&amp;paymentId=${paymentId}&amp;orderId=ORDER-8827&amp;status=completed`,
    )
  })

  test('makes no link of a redirect that is no web address', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId, paymentUrl } = await client.create({ redirectUrl: 'javascript:alert(1)' })
    await client.simulate(paymentId, 'expire')
    expect(await (await fetch(paymentUrl)).text()).not.toContain('javascript:')
  })
})

describe('the start page', () => {
  test('makes a payment from a form and opens its checkout', async () => {
    await using sandbox = await startSandbox()
    expect(await (await fetch(sandbox.url)).text()).toContain('Create a payment')
    const made = await submit(sandbox, '/', { amount: '49.90', orderId: 'ORDER-FORM' })
    expect(made.status).toBe(303)
    const page = await (await fetch(sandbox.url + (made.headers.get('location') ?? ''))).text()
    expect(page).toContain('$49.90')
    expect(page).toContain('ORDER-FORM')
  })

  test.each(['', '12,50', '-3', '1', 'a lot', '1e9', '49.999'])(
    'answers %j with a message and makes nothing',
    async (amount) => {
      await using sandbox = await startSandbox()
      const response = await submit(sandbox, '/', { amount, orderId: 'ORDER-1' })
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('Enter an amount of at least 250 cents')
    },
  )
})
