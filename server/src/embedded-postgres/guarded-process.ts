import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from '../embedded-postgres.ts'

const nobody = 65_534
const fastShutdownMs = 10_000

export interface GuardedCommand {
  readonly words: readonly string[]
  readonly uid: number | null
}

/**
 * Postgres refuses to run as root and must not outlive us. As root it runs in a user namespace in which
 * it is nobody, while the kernel still sees the owner of the files, so that a checkout under a closed
 * home works; `setpriv` then has the kernel send SIGINT (fast shutdown) when we die. The order matters:
 * unsharing clears the death signal.
 */
export function guardedCommand(
  words: readonly string[],
  { readable }: { readonly readable: readonly string[] },
): GuardedCommand {
  const guard = hasSetpriv() ? ['setpriv', '--pdeathsig', 'INT'] : pipeGuard
  if (process.getuid?.() !== 0) return { words: [...guard, ...words], uid: null }
  if (namespacesAllowed()) {
    const asNobody = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`]
    return { words: [...asNobody, ...guard, ...words], uid: null }
  }
  // The data folders become nobody's own; the program itself only has to be reachable.
  for (const path of readable.slice(0, -1)) chownSync(path, nobody, nobody)
  return { words: [...guard, ...words], uid: nobody }
}

/** Where the kernel cannot tell of our death, the closed pipe does. */
const pipeGuard = [
  'sh',
  '-c',
  '"$@" & child=$!; read -r _; kill -INT "$child"; wait "$child"',
  'guard',
]

function hasSetpriv(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0
}

function namespacesAllowed(): boolean {
  const probe = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, 'true']
  return spawnSync('unshare', probe).status === 0
}

/** For initdb: done, or the reason it gave. */
export async function runToEnd(command: GuardedCommand): Promise<void> {
  const child = spawnCommand(command)
  const lines = keepLastLines(child)
  const code = await exitOf(child)
  if (code !== 0)
    throw new EmbeddedPostgresError(`The database could not be created:\n${lines.join('\n')}`)
}

/** For the server: stoppable, and its early death is an error with its last words. */
export function startGuarded(command: GuardedCommand): {
  readonly stop: () => Promise<void>
  readonly diedEarly: Promise<never>
} {
  const child = spawnCommand(command)
  const lines = keepLastLines(child)
  const exited = exitOf(child)
  const diedEarly = exited.then((code) => {
    throw new EmbeddedPostgresError(`Postgres stopped (code ${code}):\n${lines.join('\n')}`)
  })
  // Once the server answers nobody waits for this any more, and its normal end is no fault.
  diedEarly.catch(() => undefined)
  return { diedEarly, stop: () => stopChild(child, exited) }
}

async function stopChild(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  child.kill('SIGINT')
  child.stdin?.destroy()
  const impatience = new AbortController()
  const late = delay(fastShutdownMs, 'late' as const, { signal: impatience.signal })
  const outcome = await Promise.race([exited, late.catch(() => null)])
  impatience.abort()
  if (outcome === 'late') {
    child.kill('SIGQUIT')
    await exited
  }
}

function spawnCommand({ words, uid }: GuardedCommand): ChildProcess {
  const [program = '', ...args] = words
  return spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is ours to handle: Postgres stops last.
    detached: true,
    ...(uid !== null && { uid, gid: uid }),
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' },
  })
}

function keepLastLines(child: ChildProcess): string[] {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.trimEnd().split('\n'))
      lines.splice(0, lines.length - 30)
    })
  }
  return lines
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
}
