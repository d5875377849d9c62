import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { generateHistory } from './generate-history.ts'

const COUNT = 20_000

test('a payment of the history takes so little memory that a million fit into two gigabytes', () => {
  const before = heapBytes()
  const history = generateHistory({ seed: 'northwind', anchor: 0, historyCount: COUNT })
  const bytes = (heapBytes() - before) / COUNT
  expect(history.payments).toHaveLength(COUNT)
  expect(bytes).toBeGreaterThan(300)
  expect(bytes).toBeLessThan(1_500)
})

/** What is in use once everything unused was thrown away. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = z.function({ input: [], output: z.unknown() }).implement(runInNewContext('gc'))
  collect()
  return process.memoryUsage().heapUsed
}
