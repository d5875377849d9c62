import { parseArgs } from 'node:util'
import { anchorOptions, verifyAudit } from './audit/verify-audit.ts'
import type { Anchor } from './audit/verify-chain.ts'
import { type Db, openDatabase, openPool } from './database.ts'
import { readEnv } from './env.ts'
import { LaunchError } from './launch/checks.ts'
import { commandFault } from './launch/command-fault.ts'
import { ownerDatabase } from './launch/owner-database.ts'
import { verifyArrivals } from './webhooks/verify-arrivals.ts'

/** `pnpm verify [name]`: 0 all is as it was written, 1 something is not, 2 nobody could tell. */
const checks = { audit: verifyAudit, arrivals: verifyArrivals } satisfies Readonly<
  Record<string, (db: Db, options: Options) => Promise<Verdict>>
>

interface Options {
  readonly anchor: Anchor | null
}

interface Verdict {
  readonly ok: boolean
  readonly text: string
}

const usage = `Usage: pnpm verify [${Object.keys(checks).join(' | ')}]
  audit  [--head HASH | --seq N --hash HASH]  the audit log's chain; a head noted earlier shows cut ends
  arrivals  what the charts of webhooks count, against the stored deliveries
Without a name everything is verified.`

try {
  const isAllWell = await run()
  process.exitCode = isAllWell ? 0 : 1
} catch (error) {
  process.stderr.write(`${commandFault(error, usage)}\n`)
  process.exitCode = 2
}

async function run(): Promise<boolean> {
  const { names, options } = readArguments()
  const reading = readEnv(process.env)
  if (!reading.ok) throw new LaunchError(reading.faults.join('\n'))
  await using database = await ownerDatabase(reading.env)
  const connection = { connectionString: database.url, connectionsMax: 1, name: 'desk-verify' }
  const db = openDatabase(openPool(connection))
  try {
    let isAllWell = true
    for (const name of names) {
      const { ok, text } = await checks[name](db, options)
      process.stdout.write(`${name}: ${text}\n`)
      isAllWell &&= ok
    }
    return isAllWell
  } finally {
    await db.destroy()
  }
}

type CheckName = keyof typeof checks

function readArguments(): { names: readonly CheckName[]; options: Options } {
  const { values, positionals } = parseArgs({
    options: { head: { type: 'string' }, seq: { type: 'string' }, hash: { type: 'string' } },
    allowPositionals: true,
  })
  const [name, ...rest] = positionals
  const anchor = anchorOptions.safeParse({ ...values })
  if (rest.length > 0 || (name !== undefined && !isCheck(name)) || !anchor.success) {
    throw new LaunchError(usage)
  }
  const names = name === undefined ? Object.keys(checks).filter(isCheck) : [name]
  return { names, options: { anchor: anchor.data } }
}

function isCheck(name: string): name is CheckName {
  return Object.hasOwn(checks, name)
}
