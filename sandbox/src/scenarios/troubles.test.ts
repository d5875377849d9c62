import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { otherMerchant } from '../registry/merchant.ts'
import type { Received } from '../testing/receiver.ts'
import { until, withdrawalsPath } from '../testing/sandbox-client.ts'
import { MINUTE, statusOf, type Training, training } from '../testing/training.ts'

const chains = z.object({
  data: z.array(z.looseObject({ chainId: z.number(), height: z.number(), isStalled: z.boolean() })),
})
const stuckChain = 84532

async function chainOf({ client }: Training) {
  const { data } = chains.parse((await client.get('/__sandbox/chains')).body)
  const found = data.find(({ chainId }) => chainId === stuckChain)
  if (!found) throw new Error('The network is not listed.')
  return found
}

/** The merchant's way out. */
async function rotateSecret({ client }: Training, secret: string): Promise<void> {
  const { data } = z
    .object({ data: z.array(z.looseObject({ id: z.string() })) })
    .parse((await client.get('/__sandbox/webhooks')).body)
  for (const { id } of data) await client.post(`/__sandbox/webhooks/${id}/rotate`, { secret })
}

function isSignedWith(secret: string, { headers, rawBody }: Received): boolean {
  const signed = createHmac('sha256', secret)
    .update(`${String(headers['x-spacepay-timestamp'])}.${rawBody}`)
    .digest('hex')
  return signed === headers['x-spacepay-signature']
}

describe('stolen-webhook-secret', () => {
  test('sends rightly signed claims about pending, expired and unknown payments, and the API denies them', async () => {
    await using here = await training()
    await here.start('stolen-webhook-secret', { minutes: 120 })
    await here.live(120 * MINUTE)
    const { tally } = await here.state('stolen-webhook-secret')
    const claims = await until(() => {
      const made = here.told().filter(({ payment }) => payment.status === 'completed')
      return made.length === tally['sent'] ? made : null
    })
    expect(claims.length).toBeGreaterThan(40)
    expect(claims.every(({ isSigned }) => isSigned)).toBe(true)
    expect(new Set(claims.map(({ eventId }) => eventId)).size).toBe(claims.length)
    const truths = new Set<string>()
    for (const { payment } of claims.slice(0, 30)) {
      const { status, body } = await here.client.get(
        `/v1/external/secretkey-auth/payments/${payment.id}`,
      )
      truths.add(status === 200 ? z.looseObject({ status: z.string() }).parse(body).status : '404')
    }
    expect(truths).toEqual(new Set(['expired', '404']))
  })

  test('claims payments that are pending at that moment', async () => {
    await using here = await training()
    await here.start('stolen-webhook-secret')
    const claim = await until(
      () => here.told().find(({ payment }) => payment.status === 'completed') ?? null,
    )
    expect((await here.client.payment(claim.payment.id)).status).toBe('pending')
  })

  test('looks like SpacePay’s own in the profile that is played', async () => {
    await using here = await training({ overrides: { profile: 'seed' } })
    await here.start('stolen-webhook-secret')
    const claim = await until(
      () => here.told().find(({ payment }) => payment.status === 'completed') ?? null,
    )
    expect(claim.body).toMatchObject({ event: 'payment.updated', data: { status: 'completed' } })
  })

  test('is not known to SpacePay: no event, no delivery and no attempt of it', async () => {
    await using here = await training()
    await here.start('stolen-webhook-secret')
    const claim = await until(
      () => here.told().find(({ payment }) => payment.status === 'completed') ?? null,
    )
    const { body } = await here.client.get('/__sandbox/webhooks/attempts')
    expect(JSON.stringify(body)).not.toContain(claim.eventId)
  })

  test('goes on with the old secret once it was rotated, and ends when its time is over', async () => {
    await using here = await training()
    await here.start('stolen-webhook-secret')
    await until(() => (here.receiver.received.length >= 2 ? true : null))
    const fresh = 'whsec_of_the_merchant_alone'
    await rotateSecret(here, fresh)
    const before = here.receiver.received.length
    await here.live(30 * MINUTE)
    const { paymentId } = await here.client.create()
    const { own, forged } = await until(() => {
      const since = here.told().slice(before)
      const parted = {
        own: since.filter(({ payment }) => payment.id === paymentId),
        forged: since.filter(({ payment }) => payment.status === 'completed'),
      }
      return parted.own.length === 1 && parted.forged.length > 10 ? parted : null
    })
    expect(own.every((one) => isSignedWith(fresh, one))).toBe(true)
    expect(forged.some((one) => isSignedWith(fresh, one))).toBe(false)

    await here.live(31 * MINUTE)
    const { state, tally } = await here.state('stolen-webhook-secret')
    expect(state).toBe('idle')
    await here.live(60 * MINUTE)
    expect((await here.state('stolen-webhook-secret')).tally['sent']).toBe(tally['sent'])
  })

  test('needs an endpoint of the main merchant to steal from', async () => {
    await using here = await training({ overrides: { webhookUrl: null } })
    await here.client.post('/__sandbox/webhooks', {
      url: here.receiver.url,
      merchantId: otherMerchant.id,
    })
    const answer = await here.client.post('/__sandbox/scenarios/stolen-webhook-secret', {})
    expect([answer.status, answer.body]).toMatchObject([
      409,
      { error: { code: 'no_webhook_endpoint' } },
    ])
  })
})

describe('stuck-network', () => {
  const withdrawal = {
    amountInCents: 5_000,
    chainId: stuckChain,
    recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  }

  test('lets payments and withdrawals of one network pile up, then all of them complete', async () => {
    await using here = await training()
    await here.start('stuck-network', { minutes: 30 })
    const { body } = await here.client.post(withdrawalsPath, withdrawal)
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    const { height } = await chainOf(here)

    await here.live(29 * MINUTE)
    expect(await chainOf(here)).toMatchObject({ isStalled: true, height })
    const piled = (await here.payments()).filter(({ status }) => status === 'processing')
    expect(piled.length).toBeGreaterThan(25)
    expect((await here.client.get(`${withdrawalsPath}/${id}`)).body).toMatchObject({
      status: 'processing',
    })

    await here.live(2 * MINUTE)
    expect((await chainOf(here)).isStalled).toBe(false)
    const { state, tally } = await here.state('stuck-network')
    expect(state).toBe('idle')
    expect(tally['unconfirmedByReorganisation']).toBeGreaterThan(0)
    expect(tally['unconfirmedByReorganisation']).toBeLessThan(6)
    await here.live(2 * MINUTE)
    const ends = (await here.payments()).map(({ status }) => status)
    expect(new Set(ends)).toEqual(new Set(['completed']))
    expect((await here.client.get(`${withdrawalsPath}/${id}`)).body).toMatchObject({
      status: 'completed',
    })
  })

  test('stopped early lets the network run again', async () => {
    await using here = await training()
    await here.start('stuck-network')
    await here.stop('stuck-network')
    expect((await chainOf(here)).isStalled).toBe(false)
  })

  test('leaves a network alone that somebody else has stopped', async () => {
    await using here = await training()
    const stall = (isStalled: boolean) =>
      here.client.post(`/__sandbox/chains/${stuckChain}`, { isStalled })
    await stall(true)
    await here.start('stuck-network', { minutes: 1 })
    await here.live(2 * MINUTE)
    expect((await chainOf(here)).isStalled).toBe(true)

    await stall(false)
    await here.start('stuck-network')
    await stall(false)
    await here.live(MINUTE)
    await stall(true)
    await here.stop('stuck-network')
    expect((await chainOf(here)).isStalled).toBe(true)
  })
})

describe('a restart in the middle', () => {
  test('goes on with what was being played, and its end takes everything away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenarios-'))
    const options = { dataFile: join(folder, 'journal.jsonl') }
    await (async () => {
      await using here = await training(options)
      for (const name of ['provider-outage', 'stuck-network', 'campaign', 'quiet-day']) {
        await here.start(name, { minutes: 10 })
      }
      await here.live(5 * MINUTE)
      await here.stop('quiet-day')
    })()

    await using here = await training(options)
    expect((await here.state('provider-outage')).state).toBe('running')
    expect((await here.state('campaign')).state).toBe('running')
    expect((await here.state('quiet-day')).state).toBe('idle')
    expect(await statusOf(here)).not.toBe(200)
    expect((await chainOf(here)).isStalled).toBe(true)
    await here.live(4 * MINUTE)
    expect((await here.state('provider-outage')).tally).toMatchObject({ customers: 0 })
    expect(here.receiver.received).toHaveLength(0)
    await here.live(MINUTE)
    expect(await statusOf(here)).toBe(200)
    expect((await chainOf(here)).isStalled).toBe(false)
    expect((await here.payments()).length).toBeGreaterThan(250)
    await until(() => (here.receiver.received.length > 250 ? true : null))
    await rm(folder, { recursive: true })
  })
})
