import { join } from 'node:path'
import * as z from 'zod'
import { defaultSettings, type SandboxSettings } from './settings.ts'
import { scenarioNames } from './scenarios/scenario-record.ts'
import { receiverUrl } from './webhooks/receiver-url.ts'

const DEFAULT_PORT = 4010
const DEFAULT_DATA_DIR = '.data/sandbox'

export type Environment = Readonly<Record<string, string | undefined>>
export type EnvReading =
  | { readonly ok: true; readonly port: number; readonly settings: SandboxSettings }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Reads the environment once; every fault is reported, each in a sentence that names its variable. */
export function readEnv(environment: Environment): EnvReading {
  // An empty variable counts as not set.
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')
  const read = variables.safeParse(Object.fromEntries(set))
  if (!read.success) {
    return {
      ok: false,
      faults: read.error.issues.map(
        (issue) => `${issue.path.map(String).join('.')} ${issue.message}`,
      ),
    }
  }
  const env = read.data
  return {
    ok: true,
    port: env.SANDBOX_PORT,
    settings: {
      secretKey: env.SANDBOX_SECRET_KEY,
      otherSecretKey: env.SANDBOX_OTHER_SECRET_KEY,
      profile: env.SANDBOX_PROFILE,
      host: env.SANDBOX_HOST,
      controlFromAnywhere: env.SANDBOX_CONTROL === 'anywhere',
      webhookSecret: env.SANDBOX_WEBHOOK_SECRET,
      webhookUrl: env.SANDBOX_WEBHOOK_URL ?? null,
      historyCount: env.SANDBOX_HISTORY,
      seed: env.SANDBOX_SEED,
      blockMs: env.SANDBOX_BLOCK_MS,
      chain: env.SANDBOX_CHAIN,
      anvilPath: env.ANVIL_PATH ?? null,
      anvilPort: env.SANDBOX_ANVIL_PORT,
      rateLimit: env.SANDBOX_RATE_LIMIT,
      dataFile: env.SANDBOX_DATA_FILE ?? join(env.SANDBOX_DATA_DIR, 'journal.jsonl'),
      publicUrl: env.SANDBOX_PUBLIC_URL?.replace(/\/$/, '') ?? null,
      amountMinCents: env.SANDBOX_AMOUNT_MIN_CENTS,
      depositsEnabled: env.SANDBOX_DEPOSITS,
      withdrawalsEnabled: env.SANDBOX_WITHDRAWALS,
      echoMetadata: env.SANDBOX_ECHO_METADATA,
      receiptUnsettled: env.SANDBOX_RECEIPT_UNSETTLED,
      retryDivisor: env.SANDBOX_WEBHOOK_SPEED,
      traffic: env.SANDBOX_TRAFFIC,
      scenario: env.SANDBOX_SCENARIO ?? null,
      now: defaultSettings.now,
      logLevel: env.SANDBOX_LOG_LEVEL,
    },
  }
}

const wholeNumber = (low: number, high: number) => {
  const message = `must be a whole number from ${low} to ${high}`
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .pipe(z.int().min(low, message).max(high, message))
}

const onOff = z.enum(['on', 'off'], 'must be on or off').transform((word) => word === 'on')

/** `100/10`: that many requests in that many seconds. */
const rateLimit = z
  .string()
  .regex(/^(off|[1-9]\d{0,5}\/[1-9]\d{0,4})$/, 'must be off, or requests/seconds such as 100/10')
  .transform((text) => {
    if (text === 'off') return null
    const [requests, seconds] = text.split('/').map(Number)
    return { requests: requests ?? 0, windowMs: (seconds ?? 0) * 1_000 }
  })

const variables = z.object({
  SANDBOX_PORT: wholeNumber(0, 65_535).default(DEFAULT_PORT),
  SANDBOX_DATA_DIR: z.string().default(DEFAULT_DATA_DIR),
  SANDBOX_DATA_FILE: z.string().optional(),
  SANDBOX_PUBLIC_URL: z.url('must be a URL').optional(),
  SANDBOX_WEBHOOK_URL: receiverUrl.optional(),
  SANDBOX_WEBHOOK_SECRET: z
    .string()
    .min(8, 'must have at least 8 characters')
    .default(defaultSettings.webhookSecret),
  SANDBOX_SECRET_KEY: z
    .string()
    .regex(/^sk_/, 'must start with sk_')
    .default(defaultSettings.secretKey),
  SANDBOX_OTHER_SECRET_KEY: z
    .string()
    .regex(/^sk_/, 'must start with sk_')
    .default(defaultSettings.otherSecretKey),
  SANDBOX_PROFILE: z
    .enum(['default', 'caip2', 'seed'], 'must be default, caip2 or seed')
    .default(defaultSettings.profile),
  SANDBOX_HOST: z
    .union([z.ipv4(), z.ipv6(), z.literal('localhost')], 'must be an IP address or localhost')
    .default(defaultSettings.host),
  SANDBOX_CONTROL: z
    .enum(['loopback', 'anywhere'], 'must be loopback or anywhere')
    .default('loopback'),
  SANDBOX_HISTORY: wholeNumber(0, 1_000_000).default(defaultSettings.historyCount),
  SANDBOX_SEED: z.string().max(100).default(defaultSettings.seed),
  SANDBOX_BLOCK_MS: wholeNumber(1, 60_000).default(defaultSettings.blockMs),
  SANDBOX_CHAIN: z
    .enum(['simulated', 'anvil'], 'must be simulated or anvil')
    .default(defaultSettings.chain),
  SANDBOX_ANVIL_PORT: wholeNumber(0, 65_535).default(defaultSettings.anvilPort),
  ANVIL_PATH: z.string().optional(),
  SANDBOX_RATE_LIMIT: rateLimit.default(defaultSettings.rateLimit),
  SANDBOX_AMOUNT_MIN_CENTS: wholeNumber(1, 100_000_000).default(defaultSettings.amountMinCents),
  SANDBOX_DEPOSITS: onOff.default(true),
  SANDBOX_WITHDRAWALS: onOff.default(true),
  SANDBOX_ECHO_METADATA: onOff.default(true),
  SANDBOX_RECEIPT_UNSETTLED: onOff.default(true),
  /** Divides the pauses between webhook attempts. */
  SANDBOX_WEBHOOK_SPEED: wholeNumber(1, 1_000_000).default(defaultSettings.retryDivisor),
  SANDBOX_TRAFFIC: onOff.default(false),
  SANDBOX_SCENARIO: z.enum(scenarioNames, `must be one of ${scenarioNames.join(', ')}`).optional(),
  SANDBOX_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info'], 'must be silent, error, warn or info')
    .default('warn'),
})
