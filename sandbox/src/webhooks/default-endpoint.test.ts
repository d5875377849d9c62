import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { SandboxSettings } from '../settings.ts'
import { startSandbox } from '../start-sandbox.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, until } from '../testing/sandbox-client.ts'

const path = '/__sandbox/webhooks'
const endpoints = z.object({
  data: z.array(z.looseObject({ id: z.string(), name: z.string(), status: z.string() })),
})

/** The endpoint of the settings in a sandbox whose state outlives it. */
async function lives() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'sandbox-endpoint-'))
  return {
    [Symbol.asyncDispose]: () => folder.remove(),
    /** One life of the sandbox. */
    live: async <T>(
      settings: Partial<SandboxSettings>,
      work: (client: ReturnType<typeof clientOf>, id: string) => Promise<T>,
    ): Promise<T> => {
      await using sandbox = await startSandbox({
        dataFile: join(folder.path, 'journal.jsonl'),
        overrides: settings,
      })
      const client = clientOf(sandbox)
      const { data } = endpoints.parse((await client.get(path)).body)
      expect(data).toHaveLength(1)
      const done = await work(client, data[0]?.id ?? '')
      return done
    },
  }
}

test('the endpoint of the settings keeps its id, its name and that it is disabled, and moves with its URL', async () => {
  await using sandbox = await lives()
  const first = await sandbox.live({ webhookUrl: 'http://127.0.0.1:9/a' }, async (client, id) => {
    const body = { name: 'Till', status: 'INACTIVE' }
    await client.call('PATCH', `${path}/${id}`, { body })
    return id
  })
  await sandbox.live({ webhookUrl: 'http://127.0.0.1:9/b' }, async (client) => {
    expect((await client.get(path)).body).toMatchObject({
      data: [{ id: first, name: 'Till', status: 'INACTIVE', url: 'http://127.0.0.1:9/b' }],
    })
  })
})

test('its rotated secret outlives a restart, until the settings name another', async () => {
  await using sandbox = await lives()
  await using rotated = await startReceiver('whsec_rotated')
  await using renamed = await startReceiver('whsec_by_settings_2')
  const one = { webhookUrl: rotated.url, webhookSecret: 'whsec_by_settings_1' }
  await sandbox.live(one, async (client, id) => {
    await client.post(`${path}/${id}/rotate`, { secret: 'whsec_rotated_before' })
    await client.post(`${path}/${id}/rotate`, { secret: 'whsec_rotated' })
  })
  for (let life = 0; life < 2; life += 1) {
    await sandbox.live(one, async (client, id) => client.post(`${path}/${id}/test`, {}))
  }
  expect(rotated.received.map(({ isSigned }) => isSigned)).toStrictEqual([true, true])
  const two = { webhookUrl: renamed.url, webhookSecret: 'whsec_by_settings_2' }
  await sandbox.live(two, async (client, id) => client.post(`${path}/${id}/test`, {}))
  await until(() => (renamed.received.length === 1 ? true : null))
  expect(renamed.received[0]?.isSigned).toBe(true)
})
