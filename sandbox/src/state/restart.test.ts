import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, paymentsPath, until, withdrawalsPath } from '../testing/sandbox-client.ts'

async function dataFile() {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  return {
    file: join(folder, 'deeper', 'journal.jsonl'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
const secret = 'whsec_sandbox_desk'
const withdrawal = {
  amountInCents: 5_000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
}
const listing = `${paymentsPath}?limit=1000&sortOrder=ASC`

describe('after a restart', () => {
  test('the same history is there, and everything that happened since, byte for byte', async () => {
    await using data = await dataFile()
    const options = { dataFile: data.file, historyCount: 80, blockMs: 60_000 }
    const read = async () => {
      await using sandbox = await startSandbox(options)
      const client = clientOf(sandbox)
      const { body: ledger } = await client.get('/__sandbox/ledger')
      const { body: payments } = await client.get(listing)
      return { ledger, payments }
    }
    const first = await (async () => {
      await using sandbox = await startSandbox(options)
      const client = clientOf(sandbox)
      await client.post(withdrawalsPath, withdrawal, { 'Idempotency-Key': 'k' })
      const { paymentId } = await client.create()
      await client.simulate(paymentId, 'expire')
      await client.create({ orderId: 'ORDER-2' })
      return {
        ledger: (await client.get('/__sandbox/ledger')).body,
        payments: (await client.get(listing)).body,
      }
    })()
    expect(await read()).toStrictEqual(first)
    // Twice, because every start writes the file anew.
    expect(await read()).toStrictEqual(first)
  })

  test('an idempotency key still finds its first answer, and the clock is where it was', async () => {
    await using data = await dataFile()
    const key = { 'Idempotency-Key': 'payout-1' }
    const before = await (async () => {
      await using sandbox = await startSandbox({ dataFile: data.file })
      const client = clientOf(sandbox)
      await client.post('/__sandbox/clock/advance', { ms: 5_000_000 })
      return await client.post(withdrawalsPath, withdrawal, key)
    })()
    await using sandbox = await startSandbox({ dataFile: data.file })
    const client = clientOf(sandbox)
    const again = await client.post(withdrawalsPath, withdrawal, key)
    expect(again.body).toStrictEqual(before.body)
    expect((await client.get('/__sandbox/state')).body).toMatchObject({ clockOffsetMs: 5_000_000 })
  })

  test('an open payment lives on, and a webhook that was not delivered is sent', async () => {
    await using data = await dataFile()
    await using receiver = await startReceiver(secret)
    receiver.answerNext([{ status: 500 }])
    const paymentId = await (async () => {
      await using sandbox = await startSandbox({
        dataFile: data.file,
        blockMs: 60_000,
        webhookUrl: receiver.url,
      })
      const client = clientOf(sandbox)
      const made = await client.create()
      await until(() => (receiver.received.length === 1 ? true : null))
      await client.simulate(made.paymentId, 'exact')
      return made.paymentId
    })()
    await using sandbox = await startSandbox({ dataFile: data.file, webhookUrl: receiver.url })
    const client = clientOf(sandbox)
    expect((await client.payment(paymentId)).status).toBe('processing')
    await client.post('/__sandbox/clock/advance', { ms: 20 * 60_000 })
    expect((await client.payment(paymentId)).status).toBe('completed')
    await until(() =>
      receiver.received.filter((one) => one.rawBody.includes('payment.created')).length === 2
        ? true
        : null,
    )
  })

  test('a removed endpoint stays removed', async () => {
    await using data = await dataFile()
    await (async () => {
      await using sandbox = await startSandbox({ dataFile: data.file })
      const client = clientOf(sandbox)
      const { body } = await client.post('/__sandbox/webhooks', { url: 'https://a.example/hook' })
      const { id } = z.looseObject({ id: z.string() }).parse(body)
      await client.call('DELETE', `/__sandbox/webhooks/${id}`)
    })()
    await using sandbox = await startSandbox({ dataFile: data.file })
    expect((await clientOf(sandbox).get('/__sandbox/webhooks')).body).toStrictEqual({ data: [] })
  })
})

describe('the state file', () => {
  test('may end in the middle of a line, as after a crash', async () => {
    await using data = await dataFile()
    await (async () => {
      await using sandbox = await startSandbox({ dataFile: data.file })
      await clientOf(sandbox).create()
    })()
    await appendFile(data.file, '{"kind":"payment","value":{"id":"half')
    await using sandbox = await startSandbox({ dataFile: data.file })
    expect((await clientOf(sandbox).get(listing)).body).toMatchObject({ pagination: { total: 1 } })
  })

  test('that is damaged elsewhere is refused with its name and line, and left alone', async () => {
    await using data = await dataFile()
    await (await startSandbox({ dataFile: data.file })).close()
    await appendFile(data.file, 'nonsense\n')
    const damaged = await readFile(data.file, 'utf8')
    await expect(startSandbox({ dataFile: data.file })).rejects.toThrow(
      `${data.file}, line 2 is not readable`,
    )
    expect(await readFile(data.file, 'utf8')).toBe(damaged)
  })

  test('of a reset sandbox holds the fresh start only', async () => {
    await using data = await dataFile()
    await (async () => {
      await using sandbox = await startSandbox({ dataFile: data.file })
      const client = clientOf(sandbox)
      await client.create()
      expect(
        (await client.post('/__sandbox/reset', { historyCount: 20, seed: 'other' })).body,
      ).toEqual({ payments: 20, withdrawals: 0 })
    })()
    await using sandbox = await startSandbox({ dataFile: data.file })
    expect((await clientOf(sandbox).get(listing)).body).toMatchObject({ pagination: { total: 20 } })
  })
})
