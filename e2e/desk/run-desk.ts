import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, rmSync } from 'node:fs'
import { resolve } from 'node:path'

/** Starts Desk as `pnpm start` does, on data of its own, with its log in the file DESK_LOG names. */
const dataDir = process.env['DESK_DATA_DIR']
if (dataDir === undefined) throw new Error('DESK_DATA_DIR says where the data of this run goes.')
const log = createWriteStream(process.env['DESK_LOG'] ?? '/dev/null')
const desk = spawn(process.execPath, [resolve(import.meta.dirname, '../../server/start.mjs')], {
  env: process.env,
  stdio: ['ignore', 'pipe', 'pipe'],
})
for (const name of ['stdout', 'stderr'] as const) {
  desk[name].on('data', (bytes: Buffer) => {
    process[name].write(bytes)
    log.write(bytes)
  })
}
// The signal goes to the whole process group, Desk included; passed on once more it would mean "now".
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
const [code] = await once(desk, 'exit')
rmSync(dataDir, { recursive: true, force: true })
process.exitCode = code ?? 1
