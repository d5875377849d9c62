import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPaymentReads } from './payment-reads.ts'
import { answer, startFaultyHost, type Behaviour } from './testing/faulty-host.ts'
import { testGateway } from './testing/test-gateway.ts'
import { virtualTime } from './testing/virtual-time.ts'

const times = { freshSeconds: 5, staleSeconds: 60 }

function withStatus(status: string): Behaviour {
  return answer(200, { id: 'pay_1', status, quotes: [] })
}

// The cache measures whole seconds of the system clock and forgets the second by a timer.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.runOnlyPendingTimers()
  vi.useRealTimers()
})

test('many readers at once cost one call', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  const reads = createPaymentReads(gateway, times)
  host.behave(withStatus('pending'))

  const results = await Promise.all(Array.from({ length: 20 }, () => reads.read('pay_1')))

  expect(results.map((read) => read.value.status)).toEqual(
    Array.from({ length: 20 }, () => 'pending'),
  )
  expect(host.requests).toHaveLength(1)
})

test('a stale read is shown at once with its age and replaced behind it', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime(), { now: () => new Date() })
  const reads = createPaymentReads(gateway, times)
  host.behave(withStatus('pending'), withStatus('completed'))
  const first = await reads.read('pay_1')

  vi.advanceTimersByTime(30_000)
  const second = await reads.read('pay_1')
  expect(second).toEqual(first)
  expect(Date.now() - second.readAt.getTime()).toBe(30_000)

  await vi.waitFor(async () => {
    expect((await reads.read('pay_1')).value.status).toBe('completed')
  })
  expect(host.requests).toHaveLength(2)
})

test('during an outage the stale read is still shown', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  const reads = createPaymentReads(gateway, times)
  host.behave(withStatus('pending'), answer(500, ''))
  await reads.read('pay_1')

  vi.advanceTimersByTime(30_000)
  await reads.read('pay_1')
  await vi.waitFor(() => expect(gateway.health.current().lastFailure?.status).toBe(500))
  expect((await reads.read('pay_1')).value.status).toBe('pending')
})

test('what is older than stale is never shown', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  const reads = createPaymentReads(gateway, times)
  host.behave(withStatus('pending'), withStatus('completed'))
  await reads.read('pay_1')

  vi.advanceTimersByTime(66_000)
  expect((await reads.read('pay_1')).value.status).toBe('completed')
})

test('an invalidated payment is read anew, and others are not', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  const reads = createPaymentReads(gateway, times)
  host.behave(withStatus('pending'), withStatus('pending'), withStatus('completed'))
  await reads.read('pay_1')
  await reads.read('pay_2')

  await reads.invalidate('pay_1')

  expect((await reads.read('pay_1')).value.status).toBe('completed')
  expect((await reads.read('pay_2')).value.status).toBe('pending')
})

test('an answer that was under way when the payment was invalidated is not kept', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  const reads = createPaymentReads(gateway, times)
  const released = Promise.withResolvers<null>()
  const slowly: Behaviour = (response, socket) =>
    void released.promise.then(() => withStatus('pending')(response, socket))
  host.behave(slowly, withStatus('completed'))

  const early = reads.read('pay_1')
  await vi.waitFor(() => expect(host.requests).toHaveLength(1))
  await reads.invalidate('pay_1')
  released.resolve(null)

  expect((await early).value.status).toBe('pending')
  expect((await reads.read('pay_1')).value.status).toBe('completed')
})

test('a failed read is not remembered', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  const reads = createPaymentReads(gateway, times)
  host.behave(answer(404, {}), withStatus('pending'))

  await expect(reads.read('pay_1')).rejects.toMatchObject({ outcome: 'not_found' })
  expect((await reads.read('pay_1')).value.status).toBe('pending')
})
