import type { Logger } from 'pino'
import { type Env, readEnv } from './env.ts'
import { buildWeb, webFolder } from './launch/build-web.ts'
import {
  LaunchError,
  needsDataDir,
  refuseTakenPorts,
  refuseUnwritableFolder,
} from './launch/checks.ts'
import { claimDataDir } from './launch/claim-data-dir.ts'
import { deskLog, withoutKeys } from './launch/desk-log.ts'
import { encryptionKeyIn } from './launch/encryption-key.ts'
import { startSandboxProcess } from './launch/sandbox-process.ts'
import { startViteServer } from './launch/vite-server.ts'
import { DatabasePreparationError } from './migrate/database-preparation-error.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { EmbeddedPostgresError } from './embedded-postgres/embedded-postgres-error.ts'

const stopMsMax = 10_000
const isDev = process.argv.includes('--dev')
/** What was started, in order; it stops in the opposite one. */
const running: (() => Promise<void>)[] = []
let isStopping = false

const reading = readEnv(process.env)
if (reading.ok) {
  stopOnSignals()
  await launch(reading.env).catch(giveUp)
} else {
  const faults = reading.faults.map((fault) => `  - ${fault}`).join('\n')
  await giveUp(new LaunchError(`Desk cannot start:\n${faults}`))
}

/** Everything `pnpm start` starts, side by side where nothing depends on the other. */
async function launch(env: Env): Promise<void> {
  const isDemo = env.spacepay === null
  const host = isDemo ? '127.0.0.1' : '0.0.0.0'
  const log = deskLog(env.logLevel)
  if (needsDataDir(env)) {
    refuseUnwritableFolder(env.dataDir)
    running.push(await claimDataDir(env.dataDir))
  }
  await refuseTakenPorts(env, host)
  const [, sandboxUrl, databaseUrl, { runDesk }, { announce }] = await Promise.all([
    // The longest first.
    isDev ? null : buildWeb(),
    isDemo ? startSandbox(env) : null,
    env.databaseUrl ?? startPostgres(env.dataDir, log),
    // Desk's own code takes a good part of a second to load: time enough for the others to come up.
    import('./main.ts'),
    import('./launch/announce.ts'),
  ])
  const vite = isDev ? await startVite(env.port) : null
  const desk = await runDesk({
    env,
    host,
    databaseUrl,
    sandboxUrl,
    encryptionKey: env.spacepay?.encryptionKey ?? encryptionKeyIn(env.dataDir),
    publicUrl: env.publicUrl ?? new URL(vite ?? `http://localhost:${env.port}`),
    webFolder: isDev ? null : webFolder,
    log,
  })
  running.push(desk.stop)
  announce({
    url: vite ?? desk.url,
    sandboxUrl,
    isDatabaseOurs: env.databaseUrl === null,
    isAddressKnown: env.publicUrl !== null,
    setupLink: desk.setupLink,
  })
}

async function startPostgres(dataDir: string, log: Logger): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDir: `${dataDir}/postgres`,
    durable: true,
    onCrash: (error) => log.error({ err: error }, 'Postgres died and is being started again'),
    onLost: (error) => void giveUp(error),
  })
  // Before anything that uses it, so that it stops last.
  running.unshift(postgres.stop)
  return postgres.urlOf('postgres')
}

async function startSandbox(env: Env): Promise<string> {
  const sandbox = await startSandboxProcess({
    port: env.sandboxPort,
    dataDir: `${env.dataDir}/sandbox`,
    webhookUrl: `http://127.0.0.1:${env.port}/webhooks/spacepay`,
    onDeath: (reason) => void giveUp(new LaunchError(reason)),
  })
  running.push(sandbox.stop)
  return sandbox.url
}

async function startVite(deskPort: number): Promise<string> {
  const vite = await startViteServer(deskPort)
  running.push(vite.stop)
  return vite.url
}

function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second Ctrl-C means now; what we started dies with us.
      if (isStopping) process.exit(130)
      void stopAll().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${inFull(error)}\n`)
          process.exit(1)
        },
      )
    })
  }
}

/** In order while there is time. After that everything else ends because this process does. */
async function stopAll(): Promise<void> {
  isStopping = true
  setTimeout(() => process.exit(1), stopMsMax).unref()
  for (const stop of running.splice(0).toReversed()) await stop()
}

/** One message, nothing left running, exit code 1. What fails while we stop fails because we stop. */
async function giveUp(error: unknown): Promise<void> {
  if (isStopping) return
  isStopping = true
  const isForPeople =
    error instanceof LaunchError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof DatabasePreparationError
  process.stderr.write(`${isForPeople ? error.message : inFull(error)}\n`)
  try {
    await stopAll()
  } finally {
    process.exit(1)
  }
}

function inFull(error: unknown): string {
  return withoutKeys(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
