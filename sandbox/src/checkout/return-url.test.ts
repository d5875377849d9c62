import { describe, expect, test } from 'vitest'
import type { PaymentRecord } from '../payments/payment-record.ts'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf } from '../testing/sandbox-client.ts'
import { MINUTE } from '../testing/training.ts'
import { returnUrl } from './return-url.ts'

const paid: Parameters<typeof returnUrl>[0] = {
  id: 'p-1',
  orderId: 'ORDER-8827',
  status: 'completed',
  redirectUrl: 'https://shop.example/thanks',
  customMetadata: null,
  settledAt: 0,
}
const own = '?paymentId=p-1&orderId=ORDER-8827&status=completed'

function queryAfter(change: Partial<PaymentRecord>): string | undefined {
  return returnUrl({ ...paid, ...change })?.search
}

describe('the way back to the shop', () => {
  test('carries the payment, the order and how it ended, after what the shop’s address has already', () => {
    expect(returnUrl({ ...paid, redirectUrl: 'https://shop.example/a?cart=1#top' })?.href).toBe(
      `https://shop.example/a?cart=1&${own.slice(1)}#top`,
    )
  })

  test('carries each key of the metadata; what is no text travels as JSON', () => {
    const customMetadata = JSON.stringify({
      cartId: 'c-51',
      n: 3,
      gift: true,
      list: [1],
      none: null,
    })
    const query = new URLSearchParams(queryAfter({ customMetadata }))
    expect([...query]).toEqual([
      ['cartId', 'c-51'],
      ['n', '3'],
      ['gift', 'true'],
      ['list', '[1]'],
      ['none', 'null'],
      ['paymentId', 'p-1'],
      ['orderId', 'ORDER-8827'],
      ['status', 'completed'],
    ])
  })

  test.each(['', 'no JSON', '[1,2]', '"text"', '7', 'null', '{"a":1'])(
    'metadata %j, which is no JSON object, adds nothing',
    (customMetadata) => {
      expect(queryAfter({ customMetadata })).toBe(own)
    },
  )

  test('nothing else speaks for the payment: not the metadata, not the address', () => {
    const customMetadata = '{"status":"completed","paymentId":"x","orderId":"y"}'
    const redirectUrl = 'https://shop.example/thanks?status=completed&status=completed'
    const query = queryAfter({ status: 'failed', customMetadata, redirectUrl })
    expect(new URLSearchParams(query).getAll('status')).toEqual(['failed'])
    expect(new URLSearchParams(query).getAll('paymentId')).toEqual(['p-1'])
    expect(new URLSearchParams(query).getAll('orderId')).toEqual(['ORDER-8827'])
  })

  test('keeps hostile values values', () => {
    const customMetadata = JSON.stringify({ 'a&status': 'x&status=completed#', b: '"><script>' })
    expect(queryAfter({ customMetadata })).toBe(
      `?a%26status=x%26status%3Dcompleted%23&b=%22%3E%3Cscript%3E&${own.slice(1)}`,
    )
  })

  test.each([null, 'javascript:alert(1)', 'data:text/html,x', 'ftp://shop.example/', '/thanks'])(
    '%j is no web address, so there is no way back',
    (redirectUrl) => {
      expect(returnUrl({ ...paid, redirectUrl })).toBeNull()
    },
  )

  test('is a link after every end, and taken by itself after a fresh success only', async () => {
    await using sandbox = await startSandbox({ now: () => new Date('2026-11-22T12:00:00.000Z') })
    const client = clientOf(sandbox)
    const redirectUrl = 'https://shop.example/thanks?cart=1'
    const customMetadata = '{"cartId":"c-51"}'
    const made = await client.create({ redirectUrl, customMetadata })
    const page = async () => (await fetch(made.paymentUrl)).text()
    expect(await page()).not.toContain('shop.example')

    await client.simulate(made.paymentId, 'exact')
    await client.post('/__sandbox/clock/advance', { ms: 5_000 })
    const query = `cart=1&amp;cartId=c-51&amp;paymentId=${made.paymentId}&amp;orderId=ORDER-8827&amp;status=completed`
    expect(await page()).toContain(`href="https://shop.example/thanks?${query}"`)
    expect(await page()).toContain('id="countdown"')

    await client.post('/__sandbox/clock/advance', { ms: 20 * MINUTE })
    expect(await page()).toContain('Back to shop.example')
    expect(await page()).not.toContain('id="countdown"')

    const failed = await client.create({ redirectUrl })
    await client.simulate(failed.paymentId, 'under')
    await client.post('/__sandbox/clock/advance', { ms: 5_000 })
    const end = await (await fetch(failed.paymentUrl)).text()
    expect(end).toContain('status=failed')
    expect(end).not.toContain('id="countdown"')
  })

  test('makes no link of a redirect that is no web address', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId, paymentUrl } = await client.create({ redirectUrl: 'javascript:alert(1)' })
    await client.simulate(paymentId, 'expire')
    expect(await (await fetch(paymentUrl)).text()).not.toContain('javascript:')
  })
})
