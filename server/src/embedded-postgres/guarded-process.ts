import { type ChildProcess, spawn } from 'node:child_process'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { GuardedCommand } from './guarded-command.ts'

const fastShutdownMs = 10_000

export interface GuardedProcess {
  /** Its end, wanted or not. */
  readonly exited: Promise<ProcessEnd>
  /** Fast shutdown, then a hard one; resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

export interface ProcessEnd {
  readonly code: number | null
  /** The last lines it wrote. */
  readonly lastWords: string
}

export function startGuarded(command: GuardedCommand): GuardedProcess {
  const child = spawnCommand(command)
  const lines = keepLastLines(child)
  const exited = endOf(child).then((code) => ({ code, lastWords: lines.join('\n') }))
  return {
    exited,
    stop: async () => {
      child.kill('SIGINT')
      const impatience = setTimeout(() => child.kill('SIGQUIT'), fastShutdownMs)
      await exited
      clearTimeout(impatience)
    },
  }
}

/** For initdb: done, or the reason it gave. */
export async function runToEnd(command: GuardedCommand): Promise<void> {
  const { code, lastWords } = await startGuarded(command).exited
  if (code === 0) return
  throw new EmbeddedPostgresError(`The database could not be created:\n${lastWords}`)
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

async function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // Its last words may still be under way when it has exited.
    child.once('close', resolve)
  })
}
