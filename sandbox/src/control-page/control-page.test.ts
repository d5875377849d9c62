import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type SandboxOptions, startSandbox } from '../start-sandbox.ts'
import { visitorOf } from '../testing/control-visitor.ts'
import { clientOf, until, withdrawalsPath } from '../testing/sandbox-client.ts'

const state = z.object({
  clockOffsetMs: z.number(),
  payments: z.number(),
  origin: z.object({ seed: z.string() }),
})

async function scene(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options)
  const client = clientOf(sandbox)
  return {
    sandbox,
    client,
    visitor: visitorOf(sandbox),
    state: async () => state.parse((await client.get('/__sandbox/state')).body),
    [Symbol.asyncDispose]: () => sandbox.close(),
  }
}

const withdrawal = {
  amountInCents: 5_000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  orderId: 'PAYOUT-900',
}

describe('whoever may not control the sandbox', () => {
  test('is told so on a page, and a form on another web site changes nothing', async () => {
    await using here = await scene()
    for (const site of ['cross-site', 'same-site']) {
      const answer = await fetch(`${here.sandbox.url}/control/do/clock`, {
        method: 'POST',
        body: new URLSearchParams({ ms: '600000' }),
        headers: {
          'sec-fetch-site': site,
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        },
      })
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('not controlled by pages of other web sites')
    }
    expect((await here.state()).clockOffsetMs).toBe(0)
  })

  test('sees nothing where other machines reach it', async () => {
    await using here = await scene({ overrides: { host: '0.0.0.0' }, historyCount: 10 })
    const answer = await here.visitor.open('/control/payments')
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('Set SANDBOX_CONTROL=anywhere')
    expect(answer.text).not.toContain('ORDER-')
  })
})

describe('every page of the control panel', () => {
  test.each([
    '/control',
    '/control/scenarios',
    '/control/payments',
    '/control/withdrawals',
    '/control/chains',
    '/control/requests',
  ])('%s runs nothing from elsewhere, and forms on it say where they stood', async (path) => {
    await using here = await scene({ historyCount: 200 })
    const page = await here.visitor.open(path)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    // With no-referrer a browser would send `Origin: null`, which is refused where it says nothing else.
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    expect(page.markup).not.toMatch(/ style=| onclick=|<style|<script>/)
  })

  test('says what is not as usual, and where it can be ended', async () => {
    await using here = await scene()
    expect((await here.visitor.open('/control')).text).not.toContain('Not as usual')
    await here.visitor.submit('switches', { withdrawalsEnabled: 'false' })
    await here.visitor.submit('chain', { chainId: 'eip155:137', isStalled: 'true' })
    await here.visitor.submit('scenario', { name: 'quiet-day' })
    const page = await here.visitor.open('/control/payments')
    expect(page.text).toMatch(/Not as usual: .*Quiet day.*withdrawals off .*Polygon stands still/)
    expect(page.markup).toContain('href="/control/scenarios#quiet-day"')
  })

  test('shows what was done once only', async () => {
    await using here = await scene()
    const done = await here.visitor.submit('clock', { ms: '3600000' })
    expect(done.text).toContain('Sandbox time was moved forward by 1 h.')
    expect((await here.visitor.open(done.path)).text).not.toContain('was moved forward')
  })

  test('leads back to where a form stood, filters kept, and to no other address', async () => {
    await using here = await scene()
    const back = async (from: string) =>
      (await here.visitor.submit('clock', { ms: '1' }, from)).path.replace(/told=.*/, 'told')
    expect(await back('/control/payments?status=pending&told=x')).toBe(
      '/control/payments?status=pending&told',
    )
    expect(await back('/control/do/clock')).toBe('/control?told')
    expect(await back('/checkout?secret=abc')).toBe('/control?told')
  })
})

describe('the overview', () => {
  test('moves the clock', async () => {
    await using here = await scene()
    await here.visitor.submit('clock', { ms: '86400000' })
    expect((await here.state()).clockOffsetMs).toBe(86_400_000)
    expect((await here.visitor.open('/control')).text).toContain('UTC, 1 d ahead')
  })

  test('saves the switches, and names the one that is wrong', async () => {
    await using here = await scene()
    await here.visitor.submit('switches', {
      payload: 'full',
      depositsEnabled: 'false',
      withdrawalsEnabled: 'true',
      retryDivisor: '60',
    })
    const saved = { payload: 'full', depositsEnabled: false, withdrawalsEnabled: true }
    const read = async () => (await here.client.get('/__sandbox/switches')).body
    expect(await read()).toStrictEqual({ ...saved, retryDivisor: 60 })

    const refused = await here.visitor.submit('switches', { retryDivisor: 'fast' })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('Webhook retry speed: must be a number')
    // What was typed is still there to be mended.
    expect(refused.markup).toMatch(/name="retryDivisor"[^>]*value="fast"[^>]*aria-invalid="true"/)
    expect(await read()).toStrictEqual({ ...saved, retryDivisor: 60 })
  })

  test('starts over only after it said what is lost', async () => {
    await using here = await scene({ historyCount: 20 })
    const asked = await here.visitor.open('/control/start-over?seed=harbour&historyCount=30')
    expect(asked.text).toContain('This throws away 20 payments')
    expect((await here.state()).payments).toBe(20)

    const done = await here.visitor.submit(
      'start-over',
      { seed: 'harbour', historyCount: '30' },
      '/control/start-over?seed=harbour&historyCount=30',
    )
    expect(done.path).toMatch(/^\/control\?/)
    expect(done.text).toContain('started over with 30 payments')
    expect(await here.state()).toMatchObject({ payments: 30, origin: { seed: 'harbour' } })
  })

  test.each([
    ['1000001', 'Payments: must be at most 1000000'],
    ['many', 'Payments: must be a number'],
    ['', 'Payments: must be a number'],
  ])('does not start over with %j payments', async (historyCount, message) => {
    await using here = await scene()
    const fields = { seed: 'harbour', historyCount }
    const query = new URLSearchParams(fields).toString()
    const asked = await here.visitor.open(`/control/start-over?${query}`)
    expect([asked.status, asked.text.includes(message)]).toStrictEqual([400, true])
    const done = await here.visitor.submit('start-over', fields)
    expect([done.status, done.text.includes(message)]).toStrictEqual([400, true])
    expect((await here.state()).origin.seed).toBe('northwind')
  })
})

describe('the payments', () => {
  test('are found by order, id and address, whatever the order id tries', async () => {
    await using here = await scene({ historyCount: 20 })
    const orderId = '<img src=x OnError=alert(1)>'
    const { paymentId } = await here.client.create({ orderId, amount: 1_234 })
    for (const q of ['ONERROR', paymentId]) {
      const page = await here.visitor.open(`/control/payments?q=${encodeURIComponent(q)}`)
      expect(page.markup).toContain('&lt;img src=x OnError=alert(1)&gt;')
      expect(page.markup).not.toContain('<img')
      expect(page.markup).toContain(`/control/payments/${paymentId}`)
      expect(page.markup.match(/<tr>/g)).toHaveLength(2)
    }
    expect((await here.visitor.open('/control/payments?q=nobody')).text).toContain(
      'No payment matches.',
    )
  })

  test('are shown fifty at a time, newest first, and no filter is lost on the way', async () => {
    await using here = await scene({ historyCount: 120 })
    const page = await here.visitor.open('/control/payments?q=-&offset=50')
    expect(page.text).toContain('51–100 of 120')
    expect(page.markup).toContain('href="/control/payments?q=-&amp;offset=100"')
    expect(page.markup).toContain('href="/control/payments?q=-&amp;offset=0"')
    const times = [...page.markup.matchAll(/<time datetime="([^"]+)"/g)]
      .slice(1)
      .map(([, at = '']) => Date.parse(at))
    expect(times).toHaveLength(50)
    expect(times).toStrictEqual(times.toSorted((one, other) => other - one))
  })

  test('are paid by their buttons, and more money is a stray', async () => {
    await using here = await scene()
    const { paymentId } = await here.client.create()
    const paid = await here.visitor.submit(
      'payment',
      { id: paymentId, outcome: 'exact' },
      '/control/payments',
    )
    expect(paid.text).toContain('Payment of order ORDER-8827 is now processing')
    await until(async () =>
      (await here.client.payment(paymentId)).status === 'completed' ? true : null,
    )
    await here.visitor.submit('payment', { id: paymentId, outcome: 'exact' }, '/control/payments')
    expect((await here.visitor.open('/control/payments')).text).toContain('stray money')
    const page = await here.visitor.open(`/control/payments/${paymentId}`)
    expect(page.text).toMatch(/Counts .* yes .* stray/)
    expect(page.text).toContain('"status": "completed"')
  })

  test('refuse what cannot be, in words', async () => {
    await using here = await scene()
    const { paymentId } = await here.client.create()
    await here.client.simulate(paymentId, 'expire')
    const submit = (id: string, outcome: string) =>
      here.visitor.submit('payment', { id, outcome }, '/control/payments')
    const closed = await submit(paymentId, 'fail')
    expect([closed.status, closed.text]).toMatchObject([
      409,
      expect.stringContaining('The payment is expired; only an open one can be simulated.'),
    ])
    expect((await submit('nope', 'exact')).status).toBe(404)
    expect((await submit(paymentId, 'steal')).text).toContain('Outcome:')
    const none = await here.visitor.open('/control/payments/nope')
    expect([none.status, none.text]).toMatchObject([
      404,
      expect.stringContaining('There is no such payment.'),
    ])
  })
})

describe('the withdrawals', () => {
  test('are ended by their buttons, once', async () => {
    await using here = await scene({ blockMs: 60_000 })
    const { body } = await here.client.post(withdrawalsPath, withdrawal)
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    const end = (outcome: string) =>
      here.visitor.submit('withdrawal', { id, outcome }, '/control/withdrawals')
    const before = await here.visitor.open('/control/withdrawals')
    expect(before.text).toContain('$125,450.00')

    const failed = await end('fail')
    expect(failed.text).toContain('Withdrawal PAYOUT-900 is now failed')
    expect(failed.text).toContain('The transfer was rejected by the network.')
    expect(failed.text).toContain('$125,500.00')
    expect((await end('complete')).status).toBe(409)
    expect((await here.client.get(`${withdrawalsPath}/${id}`)).body).toMatchObject({
      status: 'failed',
    })
  })
})

describe('the networks', () => {
  const chainOf = async (here: Awaited<ReturnType<typeof scene>>, chainId: number) => {
    const { body } = await here.client.get('/__sandbox/chains')
    const list = z.object({ data: z.array(z.looseObject({ chainId: z.number() })) }).parse(body)
    return list.data.find((chain) => chain.chainId === chainId)
  }

  test('stand still, go on and are congested', async () => {
    await using here = await scene()
    const submit = (fields: Record<string, string>) =>
      here.visitor.submit('chain', { chainId: 'eip155:84532', ...fields }, '/control/chains')
    expect((await submit({ isStalled: 'true' })).text).toContain('Base Sepolia stands still.')
    expect(await chainOf(here, 84532)).toMatchObject({ isStalled: true })
    expect((await submit({ isStalled: 'false' })).text).toContain('Base Sepolia goes on.')
    await submit({ congestionBlocks: '7' })
    expect(await chainOf(here, 84532)).toMatchObject({ isStalled: false, congestionBlocks: 7 })

    const refused = await submit({ congestionBlocks: '-1' })
    expect([refused.status, refused.text]).toMatchObject([
      400,
      expect.stringContaining('Blocks to wait: must be at least 0'),
    ])
    expect(await chainOf(here, 84532)).toMatchObject({ congestionBlocks: 7 })
  })

  test('are reorganised, and say what was moved', async () => {
    await using here = await scene({ blockMs: 1_000 })
    const { paymentId } = await here.client.create()
    await here.client.simulate(paymentId, 'exact')
    await here.client.post('/__sandbox/clock/advance', { ms: 3_000 })
    const submit = (depth: string) =>
      here.visitor.submit(
        'reorganisation',
        { chainId: 'eip155:84532', depth, fate: 'mined_again' },
        '/control/chains',
      )
    const done = await submit('8')
    expect(done.text).toContain(
      '8 blocks of Base Sepolia were replaced: 1 payment and 0 withdrawals lost their confirmations.',
    )
    expect((await submit('101')).text).toContain('Blocks: must be at most 100')
  })

  test('that there are not are refused', async () => {
    await using here = await scene()
    const refused = await here.visitor.submit('chain', { chainId: 'eip155:5', isStalled: 'true' })
    expect([refused.status, refused.text]).toMatchObject([
      404,
      expect.stringContaining('There is no such chain.'),
    ])
  })
})

describe('the scenarios', () => {
  test('are played and stopped', async () => {
    await using here = await scene()
    const submit = (action: string, fields: Record<string, string>) =>
      here.visitor.submit(action, { name: 'campaign', ...fields }, '/control/scenarios')
    const refused = await submit('scenario', { minutes: '99999', pace: '1' })
    expect([refused.status, refused.text]).toMatchObject([
      400,
      expect.stringMatching(/Minutes: must be at most \d+/),
    ])
    expect((await submit('scenario', { minutes: '5' })).text).toContain(
      '“Campaign” is being played.',
    )
    expect((await submit('scenario', {})).status).toBe(409)
    expect((await submit('scenario-stop', {})).text).toContain('“Campaign” was stopped')
    expect((await submit('scenario-stop', {})).status).toBe(409)
  })
})

describe('the requests', () => {
  test('tell what was asked and answered, and what was accepted twice', async () => {
    await using here = await scene()
    await here.client.post(withdrawalsPath, withdrawal, { 'Idempotency-Key': 'payout-1' })
    await here.client.post(withdrawalsPath, withdrawal, { 'Idempotency-Key': 'payout-2' })
    await here.client.get(`${withdrawalsPath}/nope`)
    const page = await here.visitor.open('/control/requests')
    expect(page.text).toContain('GET /v1/external/secretkey-auth/withdrawals/nope')
    expect(page.text).toContain('2 withdrawals, $100.00 in all')

    const rowsOf = async (query: string) => {
      const { markup } = await here.visitor.open(`/control/requests?${query}`)
      return markup.match(/<code class="path">/g)?.length ?? 0
    }
    expect(await rowsOf('')).toBe(3)
    expect(await rowsOf('answered=4')).toBe(1)
    expect(await rowsOf('operation=withdrawals.create')).toBe(2)
    expect(await rowsOf('q=payout-2')).toBe(1)
  })
})
