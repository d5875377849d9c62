import { expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath } from '../testing/sandbox-client.ts'

const list = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

test('a sandbox that starts over has the history of the seed and size it is told', async () => {
  await using sandbox = await startSandbox({ historyCount: 60, seed: 'one' })
  const client = clientOf(sandbox)
  const ids = async () => {
    const answer = await client.get(`${paymentsPath}?limit=1000&sortOrder=ASC`)
    return list.parse(answer.body).data.map(({ id }) => id)
  }
  const startOver = async (wish: Readonly<Record<string, unknown>>) => {
    expect((await client.post('/__sandbox/reset', wish)).body).toMatchObject({
      payments: wish['historyCount'],
    })
    return ids()
  }
  const first = await ids()
  const other = await startOver({ historyCount: 90, seed: 'two' })
  expect(other).toHaveLength(90)
  expect(new Set(first).isDisjointFrom(new Set(other))).toBe(true)
  expect(await startOver({ historyCount: 60, seed: 'one' })).toStrictEqual(first)
})
