import { spawnSync } from 'node:child_process'
import { chmodSync, lchownSync, lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

export const nobody = 65_534

export interface GuardedCommand {
  readonly words: readonly string[]
  /** Null: whoever we are. */
  readonly uid: number | null
}

/**
 * Postgres refuses to run as root and must not outlive us. As root it runs in a user namespace in which
 * it is nobody, while the kernel still sees the owner of the files, so that a checkout under a closed
 * home works; `setpriv` then has the kernel send SIGINT (fast shutdown) when we die. The order matters:
 * unsharing clears the death signal. Where namespaces are blocked it really becomes nobody.
 */
export function guardedCommand(
  program: string,
  args: readonly string[],
  { folders }: { readonly folders: readonly string[] },
): GuardedCommand {
  const guarded = [...(hasSetpriv() ? deathSignal : pipeGuard), program, ...args]
  if (process.getuid?.() !== 0) return { words: guarded, uid: null }
  if (namespacesAllowed()) {
    for (const folder of folders) giveTo(0, folder)
    return { words: [...asNobody, ...guarded], uid: null }
  }
  for (const folder of folders) {
    giveTo(nobody, folder)
    // To be passed through, not to be read.
    chmodSync(dirname(folder), lstatSync(dirname(folder)).mode | 0o111)
  }
  refuseUnreachable(program)
  return { words: guarded, uid: nobody }
}

const asNobody = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`]
const deathSignal = ['setpriv', '--pdeathsig', 'INT']

/**
 * Where the kernel cannot tell of our death, the closed pipe does. The shell stays between us and the
 * program, so it passes signals on and ends when, and as, the program ends.
 */
const pipeGuard = [
  'sh',
  '-c',
  `exec 3<&0
   "$@" 3<&- & child=$!
   trap 'kill -INT "$child"' INT TERM
   trap 'kill -QUIT "$child"' QUIT
   (read -r _ <&3; kill -INT "$child") >/dev/null 2>&1 & watcher=$!
   exec 3<&-
   while :; do wait "$child"; code=$?; kill -0 "$child" 2>/dev/null || break; done
   kill "$watcher" 2>/dev/null
   exit "$code"`,
  'guard',
]

function hasSetpriv(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0
}

function namespacesAllowed(): boolean {
  const [program = '', ...args] = asNobody
  return spawnSync(program, [...args, 'true']).status === 0
}

/** The way it is run may change between two starts on the same files. */
function giveTo(uid: number, folder: string): void {
  if (lstatSync(folder).uid === uid) return
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const path of [...inside.map((name) => join(folder, name)), folder]) {
    lchownSync(path, uid, uid)
  }
}

function refuseUnreachable(program: string): void {
  const { status } = spawnSync(program, ['--version'], { uid: nobody, gid: nobody })
  if (status === 0) return
  throw new EmbeddedPostgresError(
    `Postgres cannot run as root, and the user ${nobody} that it would run as may not reach ${program}. ` +
      'Start Desk as a normal user, or move it out of a closed folder, or set DATABASE_URL.',
  )
}
