import { fork } from 'node:child_process'
import { once } from 'node:events'
import * as z from 'zod'
import type { ScratchDatabase } from './scratch-database.ts'

/** What a server process says once it listens. */
const ready = z.object({ url: z.string(), cookie: z.string() })
export type Ready = z.infer<typeof ready>

export interface Server extends Ready, AsyncDisposable {}

/** Each side runs in a process of its own, so that neither shares an event loop with the load. */
export async function startServer(
  role: 'reads:desk' | 'reads:bare' | 'ingest:desk',
  { appUrl }: ScratchDatabase,
): Promise<Server> {
  const child = fork(new URL('../main.ts', import.meta.url), [role], {
    env: { ...process.env, BENCH_DATABASE_URL: appUrl },
  })
  const exited = once(child, 'exit')
  const early = exited.then(() => {
    throw new Error(`${role} ended before it listened.`)
  })
  const [message] = await Promise.race([once(child, 'message'), early])
  early.catch(() => undefined)
  return {
    ...ready.parse(message),
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await exited
    },
  }
}

/** Called in the server's process: announces it, and resolves when it is no longer wanted. */
export async function announce(server: Ready): Promise<void> {
  process.send?.(server)
  await once(process, 'disconnect')
}

export function databaseUrl(): string {
  return z.string().parse(process.env['BENCH_DATABASE_URL'])
}
