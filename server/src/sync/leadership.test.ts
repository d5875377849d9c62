import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { testDatabase } from '../testing/test-database.ts'

const lockKey = 4_738_299

test('when the process that leads is killed, another one leads, and never two at once', async () => {
  await using database = await testDatabase()
  await using first = leader(database.url)
  await eventually(() => expect(first.said()).toContain('leads'))
  await using second = leader(database.url)
  await eventually(() => expect(second.said()).toContain('tries'))
  expect(second.said()).not.toContain('leads')

  await first.kill()
  await eventually(() => expect(second.said()).toContain('leads'))
}, 30_000)

function leader(url: string) {
  const program = join(import.meta.dirname, 'lead-alone.fixtures.ts')
  const child = spawn(process.execPath, [program, url, String(lockKey)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = once(child, 'exit')
  /** As the machine would: without a chance to give anything back. */
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { said: () => said, kill, [Symbol.asyncDispose]: kill }
}
