import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { visitorOf } from '../testing/control-visitor.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, until } from '../testing/sandbox-client.ts'

const secret = 'whsec_sandbox_desk'
const endpoints = z.object({
  data: z.array(
    z.looseObject({ id: z.string(), name: z.string(), url: z.string(), status: z.string() }),
  ),
})

async function scene() {
  const receiver = await startReceiver(secret)
  const sandbox = await startSandbox({ webhookUrl: receiver.url })
  const client = clientOf(sandbox)
  const visitor = visitorOf(sandbox)
  const list = async () => endpoints.parse((await client.get('/__sandbox/webhooks')).body).data
  const [first] = await list()
  return {
    receiver,
    client,
    visitor,
    list,
    endpointId: first?.id ?? '',
    submit: (action: string, fields: Record<string, string>, from = '/control/webhooks') =>
      visitor.submit(action, fields, from),
    received: (count: number) =>
      until(() => (receiver.received.length >= count ? receiver.received : null)),
    [Symbol.asyncDispose]: async () => {
      await sandbox.close()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

describe('an endpoint', () => {
  test('is added, and its secret is shown once', async () => {
    await using here = await scene()
    const added = await here.submit('endpoint', {
      url: 'https://shop.example/hooks',
      name: 'Shop',
      secret: '',
    })
    const made = /whsec_[0-9a-f]{32}/.exec(added.markup)?.[0]
    expect(added.text).toContain('Its secret is shown this once')
    expect(made).toBeDefined()
    expect(await here.list()).toMatchObject([{}, { name: 'Shop', status: 'ACTIVE' }])

    const id = (await here.list())[1]?.id ?? ''
    for (const path of [added.path, '/control/webhooks', `/control/webhooks/${id}`]) {
      expect((await here.visitor.open(path)).markup).not.toContain(made)
    }
  })

  test.each([
    [{ url: '' }, 'Address is required'],
    [{ url: 'http://shop.example/hooks' }, 'Address: must be https, or http on localhost'],
    [{ url: 'https://shop.example/', secret: 'short' }, 'Secret: must have at least 8 characters'],
    [{ url: 'https://shop.example/', merchantId: 'x' }, 'Merchant: must be'],
  ])('%j is not added, and the field is named', async (fields, message) => {
    await using here = await scene()
    const refused = await here.submit('endpoint', { form: 'add', ...fields })
    expect([refused.status, refused.text]).toMatchObject([400, expect.stringContaining(message)])
    expect(refused.markup).toMatch(/<details class="after" open>/)
    expect(await here.list()).toHaveLength(1)
  })

  test('is renamed and moved', async () => {
    await using here = await scene()
    const from = `/control/webhooks/${here.endpointId}`
    const fields = { form: 'change', id: here.endpointId, description: '' }
    const saved = await here.submit(
      'endpoint-change',
      { ...fields, name: 'Shop <b>', url: 'https://shop.example/hooks' },
      from,
    )
    expect(saved.text).toContain('Endpoint Shop <b>')
    expect(saved.markup).not.toContain('<b>')
    expect(await here.list()).toMatchObject([
      { name: 'Shop <b>', url: 'https://shop.example/hooks' },
    ])

    const refused = await here.submit(
      'endpoint-change',
      { ...fields, name: '', url: 'nowhere' },
      from,
    )
    expect(refused.status).toBe(400)
    // Said where the form stands, with what was typed.
    expect(refused.text).toContain('Change it')
    expect(refused.markup).toMatch(/name="url"[^>]*value="nowhere"[^>]*aria-invalid/)
  })

  test('signs with the new secret once it was rotated', async () => {
    await using here = await scene()
    const rotated = await here.submit('endpoint-rotate', { id: here.endpointId, secret: '' })
    expect(rotated.text).toContain('The secret was rotated. Its secret is shown this once')
    await here.client.create()
    const [got] = await here.received(1)
    expect(got?.isSigned).toBe(false)
    await here.submit('endpoint-rotate', { id: here.endpointId, secret })
    await here.client.create()
    expect((await here.received(2))[1]?.isSigned).toBe(true)
  })

  test('hears nothing while it is disabled, and that is not as usual', async () => {
    await using here = await scene()
    const turn = (status: string) => here.submit('endpoint-status', { id: here.endpointId, status })
    expect((await turn('INACTIVE')).text).toContain('Not as usual: endpoint Default disabled')
    const tested = await here.submit('endpoint-test', { id: here.endpointId })
    expect([tested.status, tested.text]).toMatchObject([
      409,
      expect.stringContaining('The endpoint is disabled'),
    ])
    await here.client.create({ orderId: 'ORDER-UNHEARD' })
    expect((await turn('ACTIVE')).text).toContain('Default is active')
    await here.client.create({ orderId: 'ORDER-HEARD' })
    const [got] = await here.received(1)
    expect(got?.rawBody).toContain('ORDER-HEARD')
  })

  test('is tested, and what was sent can be read to the last byte', async () => {
    await using here = await scene()
    here.receiver.answerNext([{ status: 418 }])
    const tested = await here.submit('endpoint-test', { id: here.endpointId })
    expect(tested.text).toContain('The test got answer 418')
    const path = /\/control\/webhooks\/attempts\/[^"]+/.exec(tested.markup)?.[0] ?? ''
    const attempt = await here.visitor.open(path)
    const [got] = await here.received(1)
    expect(attempt.text).toContain(String(got?.headers['x-spacepay-signature']))
    expect(attempt.text).toContain(got?.rawBody)
    expect(attempt.text).toContain('{"received":true}')
  })

  test('is removed, and its page is gone', async () => {
    await using here = await scene()
    const path = `/control/webhooks/${here.endpointId}`
    const removed = await here.submit('endpoint-remove', { id: here.endpointId }, path)
    expect(removed.path).toMatch(/^\/control\/webhooks\?/)
    expect(removed.text).toContain('Default was removed.')
    expect(await here.list()).toHaveLength(0)
    const gone = await here.visitor.open(path)
    expect([gone.status, gone.text]).toMatchObject([
      404,
      expect.stringContaining('There is no such webhook endpoint.'),
    ])
  })
})

describe('attempts', () => {
  test('are found by event, endpoint, answer and id', async () => {
    await using here = await scene()
    here.receiver.answerNext([{ status: 500 }])
    const { paymentId } = await here.client.create()
    await here.received(1)
    await here.submit('endpoint-test', { id: here.endpointId })
    const found = async (query: string) => {
      const { markup } = await here.visitor.open(`/control/webhooks?${query}`)
      return markup.match(/href="\/control\/webhooks\/attempts\//g)?.length ?? 0
    }
    expect(await found('')).toBe(2)
    expect(await found('eventType=webhook.test')).toBe(1)
    expect(await found('outcome=refused')).toBe(1)
    expect(await found(`q=${paymentId}`)).toBe(1)
    expect(await found(`endpointId=${here.endpointId}`)).toBe(2)
    expect(await found('endpointId=other')).toBe(0)
    expect((await here.visitor.open('/control/webhooks?outcome=lost')).status).toBe(400)
    expect((await here.visitor.open('/control/webhooks/attempts/none')).status).toBe(404)
  })

  test('are repeated one by one, for one payment, and for a while, with the same event id', async () => {
    await using here = await scene()
    const { paymentId } = await here.client.create()
    const [first] = await here.received(1)
    const deliveryId = String(first?.headers['x-spacepay-delivery-id'])
    const eventId = String(first?.headers['x-spacepay-event-id'])
    const again = '1 event on the way again in 1 delivery.'
    expect((await here.submit('resend-delivery', { deliveryId })).text).toContain(again)
    expect((await here.submit('resend', { about: paymentId })).text).toContain(again)
    expect((await here.submit('resend', { about: eventId })).text).toContain(again)
    expect((await here.submit('resend-since', { minutes: '60' })).text).toContain(again)
    const got = await here.received(5)
    expect(new Set(got.map(({ headers }) => headers['x-spacepay-event-id']))).toStrictEqual(
      new Set([eventId]),
    )
    expect((await here.submit('resend', { about: 'nothing' })).text).toContain(
      'There was no event to send again.',
    )
    for (const [action, fields, message] of [
      ['resend', { about: ' ' }, 'Id: must not be empty'],
      ['resend-since', { minutes: '0' }, 'Minutes: must be at least 1'],
      ['resend-since', { minutes: 'an hour' }, 'Minutes: must be a number'],
    ] as const) {
      expect((await here.submit(action, fields)).text).toContain(message)
    }
    expect((await here.submit('resend-delivery', { deliveryId: 'none' })).status).toBe(404)
  })
})
