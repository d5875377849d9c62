import { parseArgs } from 'node:util'
import { anchorOptions, verifyAudit } from './audit/verify-audit.ts'
import type { Anchor } from './audit/verify-chain.ts'
import { type Db, openDatabase, openPool } from './database.ts'
import { demoWebhookSecret, type Env, readEnv } from './env.ts'
import { sealerFor } from './kernel/sealed.ts'
import { LaunchError } from './launch/checks.ts'
import { commandFault } from './launch/command-fault.ts'
import { existingKeyIn } from './launch/encryption-key.ts'
import { ownerDatabase } from './launch/owner-database.ts'
import { verifyMirror } from './payments/verify-mirror.ts'
import { verifyMonths } from './settlements/verify-months.ts'
import { verifyRollups } from './settlements/verify-rollups.ts'
import { verifyArrivals } from './webhooks/verify-arrivals.ts'
import { type SecretSources, verifyWebhooks } from './webhooks/verify-webhooks.ts'

/** `pnpm verify [name]`: 0 all is as it was written, 1 something is not, 2 nobody could tell. */
const checks = {
  audit: verifyAudit,
  webhooks: verifyWebhooks,
  mirror: verifyMirror,
  arrivals: verifyArrivals,
  rollups: verifyRollups,
  months: verifyMonths,
} satisfies Readonly<Record<string, (db: Db, options: Options) => Promise<Verdict>>>

interface Options {
  readonly anchor: Anchor | null
  readonly secretSources: SecretSources
}

interface Verdict {
  readonly ok: boolean
  readonly text: string
}

const usage = `Usage: pnpm verify [${Object.keys(checks).join(' | ')}]
  audit  [--head HASH | --seq N --hash HASH]  the audit log's chain; a head noted earlier shows cut ends
  webhooks  hash and signature of every stored delivery
  mirror  every payment, quote and receipt against what was learned of it
  arrivals  what the charts of webhooks count, against the stored deliveries
  rollups  the sums by business day against the payments
  months  closed months against their hashes, and with their adjustments against the payments
Without a name everything is verified.`

try {
  const isAllWell = await run()
  process.exitCode = isAllWell ? 0 : 1
} catch (error) {
  process.stderr.write(`${commandFault(error, usage)}\n`)
  process.exitCode = 2
}

async function run(): Promise<boolean> {
  const { names, anchor } = readArguments()
  const reading = readEnv(process.env)
  if (!reading.ok) throw new LaunchError(reading.faults.join('\n'))
  const options = { anchor, secretSources: secretSourcesOf(reading.env) }
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

/** The same secrets and the same key that Desk itself has with these variables. */
function secretSourcesOf({ spacepay, dataDir }: Env): SecretSources {
  const key = spacepay?.encryptionKey ?? existingKeyIn(dataDir)
  return {
    environment: spacepay?.webhookSecrets ?? [demoWebhookSecret],
    sealer: key && sealerFor(key, 'webhook secret'),
  }
}

function readArguments(): { names: readonly CheckName[]; anchor: Anchor | null } {
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
  return { names, anchor: anchor.data }
}

function isCheck(name: string): name is CheckName {
  return Object.hasOwn(checks, name)
}
