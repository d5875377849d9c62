import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath, until } from '../testing/sandbox-client.ts'
import { MINUTE } from '../testing/training.ts'

const baseSepolia = {
  usdc: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
  eth: 'f9d14525-367d-4e16-b247-8d4ed23f1413',
}
const standing = () => new Date('2026-11-22T12:00:00.000Z')

describe('the checkout page', () => {
  test('shows what to pay, where and how much, and nothing from the order runs in it', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const orderId = '<script>alert(1)</script>"onload="alert(2)'
    const made = await clientOf(sandbox).create({ orderId })
    const response = await fetch(made.paymentUrl)
    const page = await response.text()
    expect(page).toContain('$149.99')
    expect(page).toContain('150.74 USDC')
    expect(page).toMatch(/0x[0-9a-f]{40}/)
    expect(page).toContain('<svg')
    expect(page).not.toContain('<script>alert(1)')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;onload=&quot;alert(2)')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('opens with the payment’s own secret only, and says so to people', async () => {
    await using sandbox = await startSandbox()
    const { paymentId } = await clientOf(sandbox).create()
    const wrong = await fetch(`${sandbox.url}/checkout?paymentId=${paymentId}&secret=x`)
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('content-type')).toContain('text/html')
    expect(await wrong.text()).toContain('This link leads to no payment')
    expect((await fetch(`${sandbox.url}/checkout?paymentId=nope&secret=x`)).status).toBe(404)
    expect((await fetch(`${sandbox.url}/checkout`)).status).toBe(400)
    const state = await fetch(`${sandbox.url}/checkout/state?paymentId=${paymentId}&secret=x`)
    expect(state.status).toBe(401)
  })

  test('is loaded anew by browsers without scripts for as long as something can change', async () => {
    await using sandbox = await startSandbox()
    const { client, page, paymentId } = await payer(sandbox)
    const refresh = /<noscript><meta http-equiv="refresh"/
    expect(await page()).toMatch(refresh)
    await client.simulate(paymentId, 'expire')
    expect(await page()).not.toMatch(refresh)
  })
})

describe('the choice of coin and network', () => {
  test('starts with USDC on Base Sepolia and names what each network costs', async () => {
    await using sandbox = await startSandbox()
    const { page } = await payer(sandbox)
    const text = await page()
    expect(pressed(text)).toEqual(['USDC', 'Base Sepolia $150.74'])
    expect(text).toMatch(/Test networks.*Main networks.*Ethereum<\/span>\s*<span[^>]*>\$151\.34/s)
  })

  test('quotes another coin on the same network, then another network of that coin', async () => {
    await using sandbox = await startSandbox()
    const { page, submit, shown } = await payer(sandbox)
    const chosen = await submit('quote', { tokenId: button(await page(), 'ETH') })
    expect(chosen.status).toBe(303)
    expect(await shown('amount')).toMatch(/^0\.0\d+ ETH$/)
    await submit('quote', { tokenId: button(await page(), 'Ethereum Sepolia') })
    expect(pressed(await page())).toEqual(['ETH', 'Ethereum Sepolia $150.74'])
    await submit('quote', { tokenId: button(await page(), 'USDT') })
    expect(pressed(await page())).toEqual(['USDT', 'Ethereum Sepolia $150.74'])
  })

  test('offers the networks of the profile alone, each with addresses of its own', async () => {
    await using plain = await startSandbox()
    await using caip2 = await startSandbox({ overrides: { profile: 'caip2' } })
    const later = await payer(caip2)
    const tokenId = button(await later.page(), 'BTC')
    await later.submit('quote', { tokenId })
    expect(await later.shown('address')).toMatch(/^bc1q/)
    const { submit } = await payer(plain)
    expect((await submit('quote', { tokenId })).status).toBe(400)
  })

  test('renews a price that has run out, as the payer’s API would', async () => {
    await using sandbox = await startSandbox({ now: standing })
    const { client, page, submit, shown, quotes, state } = await payer(sandbox)
    await submit('quote', { tokenId: baseSepolia.eth })
    const before = await shown('amount')
    const { version } = await state()
    await client.post('/__sandbox/clock/advance', { ms: 10 * MINUTE })
    expect((await state()).version).not.toBe(version)
    expect(await page()).toMatch(/data-renew[^]*Get a new price/)
    expect(await page()).not.toContain('<svg')
    expect(await quotes()).toEqual([])
    await submit('quote', { tokenId: baseSepolia.eth })
    expect(await shown('amount')).not.toBe(before)
    expect(await quotes()).toHaveLength(1)
    expect(await page()).not.toContain('data-renew')
  })
})

describe('what became of a payment', () => {
  test.each([
    ['exact', 'Paid. Thank you.', ['Received 150.74 USDC']],
    [
      'over',
      'Paid, with more than was due',
      ['Due 150.74 USDC', 'Received 165.814 USDC', 'Too much 15.074 USDC'],
    ],
    [
      'under',
      'Too little was paid',
      ['Due 150.74 USDC', 'Received 135.666 USDC', 'Missing 15.074 USDC'],
    ],
    [
      'two',
      'Too little was paid',
      ['Missing 75.37 USDC', 'Another transfer, of 75.37 USDC, does not count'],
    ],
    ['late', 'The money came too late', ['Received 150.74 USDC', 'name your order']],
    ['expire', 'The payment expired', ['Do not send any to this address now']],
    ['fail', 'The transaction failed', ['nothing was paid but its own fee']],
  ])('is told after %j: %s', async (outcome, headline, told) => {
    await using sandbox = await startSandbox()
    const { client, page, shown, submit, paymentId } = await payer(sandbox)
    await submit('simulate', { outcome })
    await until(async () =>
      ['pending', 'processing'].includes((await client.payment(paymentId)).status) ? null : true,
    )
    expect(await shown('state')).toBe(headline)
    const text = textOf(await page())
    for (const words of told) expect(text).toContain(words)
    // Nothing invites to pay any more.
    expect(text).not.toContain('Your payment')
    const [link] = (await page()).match(/\/explorer\/[^"]+/) ?? []
    const explored = link === undefined ? null : (await fetch(sandbox.url + link)).status
    expect(explored).toBe(outcome === 'expire' ? null : 200)
  })

  test('counts confirmations, and says when the network stands still', async () => {
    await using sandbox = await startSandbox({ now: standing, blockMs: 1_000 })
    const { client, page, shown, submit, state } = await payer(sandbox)
    await submit('simulate', { outcome: 'exact' })
    expect(await shown('state')).toBe('Payment seen, waiting for confirmations')
    expect(textOf(await page())).toContain('Waiting for a block on Base Sepolia')
    const version = (await state()).version

    await client.post('/__sandbox/clock/advance', { ms: 3_000 })
    expect(await state()).toMatchObject({
      version,
      progress: { confirmations: 3, required: 10, text: '3 of 10 confirmations on Base Sepolia' },
    })
    await client.post('/__sandbox/chains/84532', { isStalled: true })
    expect((await state()).version).not.toBe(version)
    expect(textOf(await page())).toContain('do not pay again')
  })

  test('a transaction that a reorganisation removed is not counted as confirmed', async () => {
    await using sandbox = await startSandbox({ now: standing, blockMs: 1_000 })
    const { client, shown, submit, state } = await payer(sandbox)
    await submit('simulate', { outcome: 'exact' })
    await client.post('/__sandbox/clock/advance', { ms: 3_000 })
    await client.post('/__sandbox/chains/84532/reorg', { depth: 5, fate: 'dropped' })
    expect((await state()).progress?.confirmations).toBe(0)
    await client.post('/__sandbox/clock/advance', { ms: MINUTE })
    expect(await shown('state')).toBe('The transaction was lost')
  })

  test('money can still be sent to an expired payment, where it is late', async () => {
    await using sandbox = await startSandbox()
    const { page, shown, submit } = await payer(sandbox)
    await submit('simulate', { outcome: 'expire' })
    expect(buttons(await page()).map(({ text }) => text)).toEqual(['Pay now, too late'])
    await submit('simulate', { outcome: 'late', seen: 'expired' })
    expect(await shown('state')).toBe('The money came too late')
  })

  test('a payment that the shop cancelled is not to be paid', async () => {
    await using sandbox = await startSandbox({ historyCount: 400 })
    const { get } = clientOf(sandbox)
    const { body } = await get(`${paymentsPath}?status=cancelled&limit=1`)
    const [cancelled] = listed.parse(body).data
    const record = await get(`/control/payments/${cancelled?.id}`)
    const [path = ''] = /\/checkout\?[^"]+/.exec(String(record.body)) ?? []
    const page = await (await fetch(sandbox.url + path.replace('&amp;', '&'))).text()
    expect(textOf(page)).toContain('The shop cancelled this payment')
    expect(textOf(page)).toContain('Do not send money to its address any more')
  })

  test('pressing twice pays once; later presses say that they pay again', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const { page, submit } = await payer(sandbox)
    const first = { outcome: 'exact', seen: 'pending' }
    await submit('simulate', first)
    await submit('simulate', first)
    expect(await page()).not.toContain('Another transfer')
    expect(await page()).toContain('Send the amount once more')
    await submit('simulate', { outcome: 'exact', seen: 'processing' })
    expect(textOf(await page())).toContain('Another transfer, of 150.74 USDC, does not count')
  })
})

describe('a deposit', () => {
  test('takes any amount, or one that the payer names, whatever the coin', async () => {
    await using sandbox = await startSandbox()
    const { page, submit, shown } = await payer(sandbox, { type: 'deposit' })
    expect(await page()).toContain('Open amount')
    expect(await shown('amount')).toBe('any amount of USDC')
    expect(await page()).not.toContain('link.metamask.io')

    await submit('quote', { tokenId: baseSepolia.usdc, amount: '25.5' })
    expect(await shown('amount')).toBe('25.5 USDC')
    const usdt = button(await page(), 'USDT')
    await submit('quote', { tokenId: usdt })
    expect(await shown('amount')).toBe('25.5 USDT')
  })

  test.each(['', '0', '0.001', '-5', 'ten', '1,50', '9999999'])(
    'answers an amount of %j with what to type, and keeps the price',
    async (amount) => {
      await using sandbox = await startSandbox()
      const { submit, shown } = await payer(sandbox, { type: 'deposit' })
      const refused = await submit('quote', { tokenId: baseSepolia.usdc, amount })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain('Enter an amount such as 25 or 49.90.')
      expect(await shown('amount')).toBe('any amount of USDC')
    },
  )

  test('an amount means nothing to a payment, which has one', async () => {
    await using sandbox = await startSandbox()
    const { submit, shown } = await payer(sandbox)
    const taken = await submit('quote', { tokenId: baseSepolia.usdc, amount: '' })
    expect(taken.status).toBe(303)
    expect(await shown('amount')).toBe('150.74 USDC')
  })
})

/** A customer at the checkout of a payment of their own. */
async function payer(sandbox: RunningSandbox, wish: Readonly<Record<string, unknown>> = {}) {
  const client = clientOf(sandbox)
  const { paymentId, secret, paymentUrl } = await client.create(wish)
  const page = async () => (await fetch(paymentUrl)).text()
  return {
    client,
    paymentId,
    page,
    /** The text of the element with this id. */
    shown: async (id: string) =>
      textOf(new RegExp(`id="${id}"[^>]*>([^]*?)</`).exec(await page())?.[1] ?? 'nothing'),
    submit: (form: 'quote' | 'simulate', fields: Readonly<Record<string, string>>) =>
      fetch(`${sandbox.url}/checkout/${form}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ paymentId, secret, ...fields }),
      }),
    state: async () => {
      const query = new URLSearchParams({ paymentId, secret }).toString()
      return polled.parse(await (await fetch(`${sandbox.url}/checkout/state?${query}`)).json())
    },
    quotes: async () => {
      const path = `/v1/external/payment-secret-auth/payments/${paymentId}/quotes`
      const { body } = await client.get(path, { 'X-SpacePay-Payment-Secret': secret })
      return z.array(z.looseObject({ id: z.string() })).parse(body)
    },
  }
}

const listed = z.object({ data: z.array(z.looseObject({ id: z.string() })) })
const polled = z.looseObject({
  version: z.string(),
  progress: z.looseObject({ confirmations: z.int() }).nullable(),
})

/** As it reads: without tags, with single spaces. */
function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',')
    .trim()
}

function buttons(page: string) {
  return [...page.matchAll(/<button([^>]*)>([^]*?)<\/button>/g)].map(([, tag = '', text = '']) => ({
    text: textOf(text),
    value: /value="([^"]*)"/.exec(tag)?.[1] ?? '',
    isPressed: tag.includes('aria-pressed="true"'),
  }))
}

function pressed(page: string): string[] {
  return buttons(page)
    .filter(({ isPressed }) => isPressed)
    .map(({ text }) => text)
}

/** What the button whose text starts so would send. */
function button(page: string, text: string): string {
  const found = buttons(page).find((one) => one.text.startsWith(text))
  if (!found) throw new Error(`There is no button ${text}.`)
  return found.value
}
